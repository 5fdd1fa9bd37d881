/** A text in both languages; where English counts, both of its forms. */
export interface TextPair {
  zh: string
  en: string | { one: string; other: string }
}

type Texts = Record<string, TextPair>

const declared: Record<string, TextPair> = {}
const listeners = new Set<(texts: Texts) => void>()

/**
 * Declares the texts of an area: each key has both languages, or the types do not agree. They are known as soon as the file is
 * loaded, so an area's texts come with its pages and not with the first one.
 */
export function defineTexts<const T extends Texts>(texts: T): T {
  Object.assign(declared, texts)
  for (const listener of listeners) listener(texts)
  return texts
}

/** All texts declared so far, and those to come. */
export function whenTextsCome(listener: (texts: Texts) => void): void {
  listener(declared)
  listeners.add(listener)
}

export const isDeclared = (key: string): boolean => key in declared
