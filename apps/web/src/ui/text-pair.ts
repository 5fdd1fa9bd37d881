/** A text in both languages; where English counts, both of its forms. */
export interface TextPair {
  zh: string
  en: string | { one: string; other: string }
}

/** Declares texts: each key has both languages, or the types do not agree. */
export const defineTexts = <const T extends Record<string, TextPair>>(texts: T): T => texts
