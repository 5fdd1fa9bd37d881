import { useTranslation } from './translation.ts'

/** Several words as one text: 杭州市、上海市; Hangzhou, Shanghai. */
export function useListText(): (words: readonly string[]) => string {
  const { i18n } = useTranslation()
  return (words) => words.join(i18n.language === 'en' ? ', ' : '、')
}
