import type { Member } from '../differentiate/analyses.ts'
import { fill, type Locale } from './locale.ts'

/** Names of the analyses that every company begins with, by their codes. */
export const analysisNames: Readonly<Record<string, Record<Locale, string>>> = {
  rfm: { zh: 'RFM 客户分群', en: 'RFM groups' },
  abc: { zh: 'ABC 分类与价值金字塔', en: 'ABC classes and value pyramid' },
  clv: { zh: '客户终身价值', en: 'Customer lifetime value' },
}

/** Stands where the name would, for somebody in a result who is no longer in the customer file. */
export const goneTexts = {
  merged: { zh: '已并入 {code}', en: 'Merged into {code}' },
  mergedUnseen: { zh: '已并入另一位客户', en: 'Merged into another customer' },
  removed: { zh: '已不在客户档案中', en: 'No longer in the customer file' },
} as const satisfies Record<string, Record<Locale, string>>

export function goneText({ how, into }: NonNullable<Member['customer']['gone']>, locale: Locale): string {
  if (how === 'removed') return goneTexts.removed[locale]
  return into === null ? goneTexts.mergedUnseen[locale] : fill(goneTexts.merged[locale], { code: into })
}
