import { parseArgs } from 'node:util'
import type { Given, Options } from './command.ts'
import { UsageProblem } from './failure.ts'
import { nearest } from './nearest.ts'

/** Known to every command. */
export const commonOptions: Options = {
  json: { type: 'boolean', text: { zh: '最后一行输出 JSON 结果', en: 'The last line is the result as JSON' } },
  quiet: { type: 'boolean', text: { zh: '不显示进度和提示', en: 'No progress and no remarks' } },
  lang: { type: 'string', value: 'zh|en', text: { zh: '语言；默认取自 LANG', en: 'Language; from LANG otherwise' } },
  url: { type: 'string', value: 'URL', text: { zh: '服务器地址，优先于 ZHIKE_URL', en: 'Address of the server, before ZHIKE_URL' } },
  help: { type: 'boolean', text: { zh: '显示帮助', en: 'Shows this help' } },
}

/**
 * Words and options of a call, as far as they are known.
 * @throws UsageProblem naming an unknown option and the nearest one, or one without its value
 */
export function parseArguments(args: readonly string[], own: Options): { words: string[]; given: Given } {
  const known: Options = { ...commonOptions, ...own }
  const options = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type, multiple: true }]))
  const { values, positionals, tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'option') check(token.name, token.rawName, token.value, known)
  }
  const texts = (name: string) => ((values[name] ?? []) as unknown[]).map(String)
  for (const [name, { multiple }] of Object.entries(known)) {
    if (texts(name).length > 1 && multiple === undefined && known[name]?.type === 'string') {
      throw new UsageProblem({ zh: '--{name} 只能写一次。', en: '--{name} can be given once only.' }, { name })
    }
  }
  const text = (name: string) => texts(name)[0]
  return {
    words: positionals,
    given: { text, texts, flag: (name) => values[name] !== undefined, whole: (name, least, most) => whole(name, text(name), least, most) },
  }
}

function check(name: string, written: string, value: string | undefined, known: Options): void {
  const option = Object.hasOwn(known, name) ? known[name] : undefined
  if (!option) {
    const meant = nearest(name, Object.keys(known))
    throw meant === undefined
      ? new UsageProblem({ zh: '没有 {written} 这个选项。', en: 'There is no option {written}.' }, { written })
      : new UsageProblem(
          { zh: '没有 {written} 这个选项；您是否想写 --{meant}？', en: 'There is no option {written}; did you mean --{meant}?' },
          { written, meant },
        )
  }
  if (option.type === 'string' && (value === undefined || value === '')) {
    throw new UsageProblem(
      { zh: '--{name} 后面要写 {value}。', en: '--{name} needs {value} after it.' },
      { name, value: option.value ?? 'VALUE' },
    )
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new UsageProblem({ zh: '--{name} 不带值。', en: '--{name} takes no value.' }, { name })
  }
}

function whole(name: string, written: string | undefined, least: number, most: number): number | undefined {
  if (written === undefined) return undefined
  const number = /^-?\d{1,12}$/.test(written) ? Number(written) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UsageProblem(
    {
      zh: '--{name} 应为 {least} 到 {most} 的整数，而不是“{written}”。',
      en: '--{name} is a whole number from {least} to {most}, not "{written}".',
    },
    { name, least, most, written },
  )
}

/** One of several words. @throws UsageProblem naming the nearest one and all of them */
export function oneOf<T extends string>(what: string, written: string, known: readonly T[]): T {
  const found = known.find((word) => word === written.toLowerCase())
  if (found !== undefined) return found
  const meant = nearest(written, known)
  const all = known.join(', ')
  throw meant === undefined
    ? new UsageProblem(
        { zh: '{what} 不能是“{written}”；可用：{all}。', en: '{what} cannot be "{written}"; choose from {all}.' },
        { what, written, all },
      )
    : new UsageProblem(
        {
          zh: '{what} 不能是“{written}”；您是否想写 {meant}？可用：{all}。',
          en: '{what} cannot be "{written}"; did you mean {meant}? Choose from {all}.',
        },
        { what, written, meant, all },
      )
}

/** A day such as 2026-01-31. @throws UsageProblem for anything else */
export function dayOf(name: string, written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  const time = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(written)) return written
  throw new UsageProblem(
    { zh: '--{name} 应为 2026-01-31 这样的日期，而不是“{written}”。', en: '--{name} is a day such as 2026-01-31, not "{written}".' },
    { name, written },
  )
}
