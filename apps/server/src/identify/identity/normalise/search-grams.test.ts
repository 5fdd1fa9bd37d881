import { expect, test } from 'vitest'
import { type Searchable, searchGrams, searchTerms } from './search-grams.ts'

/** What an index does with the terms. */
function found(customer: Searchable, query: string): boolean {
  const keys = searchGrams(customer)
  const terms = searchTerms(query)
  return (
    terms.kind !== 'empty' &&
    terms.grams.every((gram) => keys.grams.includes(gram)) &&
    terms.latin.every((part) => keys.latin.includes(part)) &&
    terms.texts.every((text) => customer.name?.includes(text))
  )
}

const zhang = { name: '张伟民', phones: ['+8613812346721'], emails: ['zwm88@qq.com'], code: 'C-000123', others: ['M20260001'] }

test.each([
  '张',
  '伟民',
  '张伟民',
  'zhang',
  'zhangwei',
  'zhang wei',
  'wei',
  'zwm',
  'zw',
  'z',
  'wm',
  '6721',
  '138 1234',
  '+86 138-1234-6721',
  'zwm88@',
  'm2026',
  '张 6721',
  'ZWM',
])('张伟民 is found by %s', (query) => {
  expect(found(zhang, query)).toBe(true)
})

test.each(['李', '张民', 'zm', 'lisi', '9999', '张 9999', 'wm zz'])('张伟民 is not found by %s', (query) => {
  expect(found(zhang, query)).toBe(false)
})

test('a surname is found by its own reading', () => {
  expect(found({ name: '单雄信' }, 'shan')).toBe(true)
  expect(found({ name: '单雄信' }, 'sxx')).toBe(true)
})

test('companies are found by parts, pinyin of phrases and initials', () => {
  const company = { name: '重庆半日闲茶馆' }
  for (const query of ['半日闲', '茶馆', 'chongqing', 'cqbrx']) expect(found(company, query)).toBe(true)
})

test.each([
  ['C-000123', { kind: 'code', code: 123 }],
  ['c123', { kind: 'code', code: 123 }],
  ['13812346721', { kind: 'digits', phone: '+8613812346721' }],
  ['0571-88882209', { kind: 'digits', phone: '+8657188882209', latin: ['057188882209'] }],
  ['张三丰', { kind: 'cjk', grams: ['张三', '三丰'], texts: ['张三丰'] }],
  ['王 lei', { kind: 'mixed', grams: ['王'], latin: ['lei'] }],
  ['   ', { kind: 'empty' }],
])('%s is understood as %o', (query, terms) => {
  expect(searchTerms(query)).toMatchObject(terms)
})
