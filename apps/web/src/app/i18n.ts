import { Locale } from '@zhike/contract/texts/locale.ts'
import i18next from 'i18next'
import { type TextPair, whenTextsCome } from '../ui/text-pair.ts'
import type { TextKey } from './texts.ts'
import './shell-texts.ts'
import '../ui/texts.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Record<TextKey, string> }
    keySeparator: false
    nsSeparator: false
  }
}

const key = 'zhike.language'

/** The language on screen. */
export const language = (): Locale => (i18next.language === 'en' ? 'en' : 'zh')

/** Tag for Intl and for the `lang` of the page. */
export const localeTag = (): string => (language() === 'en' ? 'en' : 'zh-CN')

/** The language chosen on this device, else the first of the browser's that we speak; undefined when it names neither. */
function ownLanguage(): Locale | undefined {
  const wanted = [localStorage.getItem(key), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())]
  return wanted.map((each) => Locale.safeParse(each).data).find((locale) => locale !== undefined)
}

export function startI18n(): void {
  const known: Record<Locale, Record<string, string>> = { zh: {}, en: {} }
  const lng = ownLanguage() ?? 'zh'
  i18next.on('languageChanged', () => {
    document.documentElement.lang = localeTag()
  })
  void i18next.init({
    lng,
    // At once: the texts are in the code.
    initAsync: false,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    resources: { zh: { translation: known.zh }, en: { translation: known.en } },
    // A key that no loaded page has declared is a fault of ours, not a text.
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, missing) => console.error(`There is no text ${missing}`),
  })
  whenTextsCome((texts) => {
    // Into the store as it is: its own way copies every text that is there for each file of texts that comes.
    for (const locale of Locale.options) Object.assign(known[locale], resources(texts, locale))
  })
}

export async function chooseLanguage(locale: Locale): Promise<void> {
  localStorage.setItem(key, locale)
  await i18next.changeLanguage(locale)
}

/** Takes over the language of an account where neither the device nor its browser has one. */
export async function offerLanguage(locale: Locale): Promise<void> {
  if (ownLanguage() === undefined) await chooseLanguage(locale)
}

function resources(texts: Record<string, TextPair>, locale: Locale): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, pair]) => {
      const text = pair[locale]
      return typeof text === 'string'
        ? [[name, text]]
        : [
            [`${name}_one`, text.one],
            [`${name}_other`, text.other],
          ]
    }),
  )
}
