import { type Locale, localeFrom } from '@zhike/contract/texts/locale.ts'
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

export async function startI18n(): Promise<void> {
  const stored = localStorage.getItem(key)
  const lng = stored === 'zh' || stored === 'en' ? stored : localeFrom(navigator.language)
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
