import type { TextPair } from '../src/ui/text-pair.ts'

/** Texts as the page shows them in a language; where English counts, the form that `count` asks for. */
export const textsIn =
  <Key extends string>(language: 'zh' | 'en', texts: Record<Key, TextPair>) =>
  (key: Key, values: Record<string, string | number> = {}): string => {
    const text = texts[key][language]
    return Object.entries(values).reduce(
      (filled, [name, value]) => filled.replace(`{${name}}`, String(value)),
      typeof text === 'string' ? text : values['count'] === 1 ? text.one : text.other,
    )
  }
