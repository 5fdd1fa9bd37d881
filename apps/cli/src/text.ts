import { fill, type Locale } from '@zhike/contract/texts/locale.ts'

/** A text in both languages; `{name}` places are filled in. */
export type Text = Readonly<Record<Locale, string>>

export type Say = (text: Text, values?: Record<string, unknown>) => string

export const sayIn =
  (locale: Locale): Say =>
  (text, values = {}) =>
    fill(text[locale], values)

/** The language of the terminal, as its locale variables have it: Chinese for zh_CN.UTF-8, English for any other. */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const name = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '')
  return name?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en'
}
