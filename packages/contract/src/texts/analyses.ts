import type { Locale } from './locale.ts'

/** Names of the analyses that every company begins with, by their codes. */
export const analysisNames: Readonly<Record<string, Record<Locale, string>>> = {
  rfm: { zh: 'RFM 客户分群', en: 'RFM groups' },
  abc: { zh: 'ABC 分类与价值金字塔', en: 'ABC classes and value pyramid' },
  clv: { zh: '客户终身价值', en: 'Customer lifetime value' },
}
