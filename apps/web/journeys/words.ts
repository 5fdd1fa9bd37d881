import type { TextPair } from '../src/ui/text-pair.ts'

/** Texts as the page shows them in a language. */
export const textsIn =
  <Key extends string>(language: 'zh' | 'en', texts: Record<Key, TextPair>) =>
  (key: Key, values: Record<string, string> = {}): string => {
    const text = texts[key][language]
    return Object.entries(values).reduce(
      (filled, [name, value]) => filled.replace(`{${name}}`, value),
      typeof text === 'string' ? text : text.other,
    )
  }
