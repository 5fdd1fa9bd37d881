import { otherNames, settings } from './config.ts'

/** The reference page of all settings, in Markdown. */
export function settingsPage(): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const { help, fallback } = setting as { help: string; fallback?: string }
    return `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${help} |`
  })
  const others = Object.entries(otherNames).map(([name, help]) => `| \`${name}\` | ${help} |`)
  return `# Settings

Environment variables of the server, read once at the start. An unknown \`ZHIKE_\` name stops the start and names the nearest known one.

| name | default | what it is |
|---|---|---|
${rows.join('\n')}

Flags: \`--roles=web,worker,scheduler\` (before \`ZHIKE_ROLES\`), \`--demo\`, \`--migrate-only\`, \`--restore FOLDER\`.

Names that the server leaves to others:

| name | what it is |
|---|---|
${others.join('\n')}
`
}
