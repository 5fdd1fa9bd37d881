import { Locale } from '@zhike/contract/texts/locale.ts'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type TextKey, type TextPair, texts } from './texts.ts'

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

export async function startI18n(): Promise<void> {
  const lng = ownLanguage() ?? 'zh'
  i18next.on('languageChanged', () => {
    document.documentElement.lang = localeTag()
  })
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    resources: { zh: { translation: resources('zh') }, en: { translation: resources('en') } },
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

function resources(locale: Locale): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts as Record<string, TextPair>).flatMap(([name, pair]) => {
      const text = pair[locale]
      return typeof text === 'string'
        ? [[name, text]]
        : [
            [`${name}_one`, text.one],
            [`${name}_other`, text.other],
          ]
    }),
  ) as Record<string, string>
}
