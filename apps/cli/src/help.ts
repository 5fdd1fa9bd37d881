import { commonOptions } from './arguments.ts'
import type { Command, Options } from './command.ts'
import { commands } from './commands.ts'
import { table } from './table.ts'
import type { Say, Text } from './text.ts'

const exitTexts: readonly (readonly [number, Text])[] = [
  [0, { zh: '成功', en: 'done' }],
  [1, { zh: '命令写错了，或列的含义不确定；什么也没有写入', en: 'the call is wrong, or columns are only guessed; nothing was written' }],
  [2, { zh: '服务器拒绝了请求', en: 'the server refused' }],
  [3, { zh: '连不上服务器', en: 'the server cannot be reached' }],
  [4, { zh: '任务失败', en: 'the job failed' }],
  [5, { zh: '任务被取消（Ctrl-C）', en: 'the job was cancelled (Ctrl-C)' }],
  [6, { zh: '有行导入失败（仅在 --strict 时）', en: 'some rows failed (with --strict only)' }],
]

/** All commands, or one of them with its options. */
export function helpLines(say: Say, command?: Command): string[] {
  return command ? commandHelp(say, command) : overview(say)
}

function overview(say: Say): string[] {
  return [
    say({ zh: '知客命令行：通过 API 使用知客服务器。', en: 'Zhike on the command line: speaks to a Zhike server through its API.' }),
    '',
    ...commands.flatMap((command) => [
      ...command.usage.map((usage) => `  zhike ${usage}`),
      `      ${say(command.text)}`,
      ...optionLines(say, command.options).map((line) => `  ${line}`),
    ]),
    '  zhike help [COMMAND]',
    `      ${say({ zh: '显示帮助', en: 'Shows this help' })}`,
    '',
    say({ zh: '所有命令都有：', en: 'Every command has:' }),
    ...optionLines(say, commonOptions),
    '',
    ...footer(say),
  ]
}

function commandHelp(say: Say, { usage, text, options }: Command): string[] {
  return [
    ...usage.map((line) => `zhike ${line}`),
    '',
    say(text),
    '',
    ...optionLines(say, { ...options, ...commonOptions }),
    '',
    ...footer(say),
  ]
}

function footer(say: Say): string[] {
  return [
    say({ zh: '环境变量：', en: 'Environment:' }),
    ...table(
      ['  ZHIKE_URL', say({ zh: '服务器地址；默认 http://127.0.0.1:8080', en: 'address of the server; http://127.0.0.1:8080 by default' })],
      [['  ZHIKE_API_KEY', say({ zh: 'API 密钥（在网页的账户页创建）', en: 'an API key, made on the account page in the browser' })]],
    ),
    '',
    say({ zh: '退出码：', en: 'Exit codes:' }),
    ...exitTexts.map(([code, text]) => `  ${code}  ${say(text)}`),
  ]
}

function optionLines(say: Say, options: Options): string[] {
  const rows = Object.entries(options).map(([name, { value, text }]) => ({
    option: `  --${name}${value === undefined ? '' : ` ${value}`}`,
    text: say(text),
  }))
  const width = 30
  return rows.map(({ option, text }) =>
    option.length < width ? `  ${option.padEnd(width)}${text}` : `  ${option}\n${' '.repeat(width + 2)}${text}`,
  )
}
