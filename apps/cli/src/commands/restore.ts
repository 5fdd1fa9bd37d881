import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command, Outcome } from '../command.ts'
import { exitCodes, UsageProblem } from '../failure.ts'

/** The program that knows the layout of a data folder; it runs on its own, without any server. */
const server = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

export const restoreCommand: Command = {
  name: 'restore',
  usage: ['restore FOLDER --data DIR [--archive DIR] [--until TIME]'],
  text: {
    zh: '把备份恢复到空的数据目录；不需要服务器在运行',
    en: 'Puts a backup into an empty data folder; no server is needed',
  },
  options: {
    data: {
      type: 'string',
      value: 'DIR',
      text: { zh: '空的数据目录；默认 ZHIKE_DATA 或 ./data', en: 'The empty data folder; ZHIKE_DATA or ./data by default' },
    },
    archive: {
      type: 'string',
      value: 'DIR',
      text: { zh: '归档目录：从备份继续恢复之后的改动', en: 'The archive: also brings back what was changed after the backup' },
    },
    until: {
      type: 'string',
      value: 'TIME',
      text: {
        zh: '恢复到这一时刻，如 2026-01-31T08:05:00Z；默认到归档末尾',
        en: 'Up to this moment, as 2026-01-31T08:05:00Z; to the end of the archive by default',
      },
    },
  },
  run: async ({ words, given, say, print }): Promise<Outcome> => {
    const [folder, ...rest] = words
    if (folder === undefined || rest.length > 0) {
      throw new UsageProblem({ zh: '写法：zhike restore FOLDER --data DIR。', en: 'Write: zhike restore FOLDER --data DIR.' })
    }
    if (!existsSync(server)) {
      throw new UsageProblem({
        zh: '这里没有服务器程序，请在安装目录中恢复。',
        en: 'The server is not installed here; restore on its machine.',
      })
    }
    const backup = resolve(folder)
    const data = resolve(given.text('data') ?? process.env['ZHIKE_DATA'] ?? './data')
    const started = performance.now()
    const archive = given.text('archive')
    const until = given.text('until')
    const further = [...(archive ? ['--archive', resolve(archive)] : []), ...(until ? ['--until', until] : [])]
    if ((await run(['--restore', backup, ...further], data)) !== 0)
      return { result: { error: { problem: 'restore-failed' } }, exit: exitCodes.refused }
    print(
      say(
        {
          zh: '已恢复到 {data}。用 ZHIKE_DATA={data} 启动服务器；数据仓库会在启动时重建。',
          en: 'Restored into {data}. Start the server with ZHIKE_DATA={data}; it builds the warehouse anew by itself.',
        },
        { data },
      ),
    )
    return { result: { backup, data, milliseconds: Math.round(performance.now() - started) } }
  },
}

/** Its progress and its sentences go to our error output. @returns its exit code */
function run(args: readonly string[], data: string): Promise<number> {
  const env = { ...process.env, ZHIKE_DATA: data }
  const child = spawn(process.execPath, [server, ...args], { stdio: ['ignore', process.stderr, process.stderr], env })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
