import { z } from 'zod'

/** The languages of the product. */
export const Locale = z.enum(['zh', 'en'])
export type Locale = z.infer<typeof Locale>

/** The language that an Accept-Language header prefers; Chinese when it names neither. */
export function localeFrom(header: string | undefined): Locale {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const language = part.trim().slice(0, 2)
    if (language === 'zh' || language === 'en') return language
  }
  return 'zh'
}

/** Puts values into `{name}` places of a text. */
export function fill(text: string, values: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (values[name] === undefined ? place : String(values[name])))
}
