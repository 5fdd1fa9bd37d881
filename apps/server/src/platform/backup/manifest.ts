import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EngineProblem } from '../engines/engine-problems.ts'

/** What a backup holds. */
const Manifest = z.strictObject({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Number of the newest migration in the database; 0 before the first. */
  schemaVersion: z.int().min(0),
  postgresVersion: z.string(),
  /** The warehouse follows from the database, so it is not copied but built anew after a restore. */
  warehouse: z.literal('rebuild'),
  /** Folders that must be there even when empty. */
  folders: z.array(z.string()),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string().length(64) })),
})
export type Manifest = z.infer<typeof Manifest>

const manifestName = 'manifest.json'
const markName = 'manifest.sha256'

const markOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Written last: a folder without it is not a backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeFile(join(folder, manifestName), text, { mode: 0o600, flush: true })
  await writeFile(join(folder, markName), `${markOf(text)}\n`, { mode: 0o600, flush: true })
}

/**
 * The manifest of a backup.
 * @throws EngineProblem `backup-damaged` when it is missing, was changed, or names a file outside the backup
 */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const text = await readFile(join(folder, manifestName), 'utf8')
    const mark = await readFile(join(folder, markName), 'utf8')
    if (mark.trim() !== markOf(text)) throw new Error(`${manifestName} was changed`)
    const manifest = Manifest.parse(JSON.parse(text))
    for (const path of [...manifest.folders, ...manifest.files.map((file) => file.path)]) refuseOutside(path)
    return manifest
  } catch (error) {
    throw new EngineProblem('backup-damaged', { folder, reason: (error as Error).message.split('\n')[0] ?? '' }, error)
  }
}

function refuseOutside(path: string): void {
  if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`${path} lies outside`)
}
