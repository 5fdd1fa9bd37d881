import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../cli/bin/zhike', import.meta.url))

export interface ZhikeCall {
  code: number | null
  stdout: string
  stderr: string
  /** The last line of the output, where it is JSON. */
  result: Record<string, unknown>
}

interface ZhikeOptions {
  url?: string
  apiKey?: string
  /** Folder to run in. */
  cwd?: string
  env?: Record<string, string>
}

/** Starts the command line as a person would, in English. */
export function startZhike(args: readonly string[], { url, apiKey, cwd, env = {} }: ZhikeOptions): ChildProcessWithoutNullStreams {
  const known = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ZHIKE_|LC_|LANG)/.test(name)))
  return spawn(program, [...args], {
    ...(cwd ? { cwd } : {}),
    env: { ...known, LANG: 'en_US.UTF-8', ...(url ? { ZHIKE_URL: url } : {}), ...(apiKey ? { ZHIKE_API_KEY: apiKey } : {}), ...env },
  })
}

/** Runs a command to its end. */
export async function zhike(args: readonly string[], options: ZhikeOptions): Promise<ZhikeCall> {
  return endOf(startZhike(args, options))
}

export async function endOf(child: ChildProcessWithoutNullStreams): Promise<ZhikeCall> {
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => (written[name] += part))
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, ...written, result: lastLine(written.stdout) }
}

function lastLine(text: string): Record<string, unknown> {
  const line = text.trimEnd().split('\n').at(-1) ?? ''
  return line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {}
}
