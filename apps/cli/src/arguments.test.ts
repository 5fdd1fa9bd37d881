import { expect, test } from 'vitest'
import { parseArguments } from './arguments.ts'
import { commands } from './commands.ts'
import { helpLines } from './help.ts'
import { sayIn } from './text.ts'

const own = {
  map: { type: 'string', multiple: true, text: { zh: '', en: '' } },
  format: { type: 'string', text: { zh: '', en: '' } },
  strict: { type: 'boolean', text: { zh: '', en: '' } },
} as const

test('words and options may stand in any order', () => {
  const { words, given } = parseArguments(['orders', '--map', 'a=b', 'file.csv', '--strict', '--map=c=d'], own)
  expect(words).toEqual(['orders', 'file.csv'])
  expect([given.texts('map'), given.flag('strict'), given.flag('json'), given.text('format')]).toEqual([
    ['a=b', 'c=d'],
    true,
    false,
    undefined,
  ])
})

test.each([[['--formt', 'csv']], [['--format']], [['--strict=yes']], [['--format', 'csv', '--format', 'xlsx']], [['-x']]])(
  '%j is refused',
  (args) => {
    expect(() => parseArguments(args, own)).toThrow(expect.objectContaining({ name: 'UsageProblem' }))
  },
)

test('every command and every option has its text in both languages, and stands in the help', () => {
  for (const locale of ['zh', 'en'] as const) {
    const help = helpLines(sayIn(locale)).join('\n')
    for (const { name, text, options } of commands) {
      expect(help).toContain(`zhike ${name}`)
      expect(help).toContain(text[locale])
      for (const [option, described] of Object.entries(options)) {
        expect(help).toContain(`--${option}`)
        expect(described.text[locale]).not.toBe('')
      }
    }
  }
})
