import { expect, test } from 'vitest'
import { normaliseCreditCode } from './credit-code.ts'
import { idNumberFacts, idNumberMask, normaliseIdNumber } from './id-number.ts'
import { looksLikeOrganization, parseKind } from './kind.ts'
import { parseSex } from './sex.ts'

test('an identity number holds its check digit and birth date (GB 11643, its own examples)', () => {
  expect(normaliseIdNumber('11010519491231002x')).toBe('11010519491231002X')
  expect(normaliseIdNumber('440524 18800101 0014')).toBe('440524188001010014')
  expect(normaliseIdNumber('110105194912310021')).toBeUndefined()
  expect(normaliseIdNumber('110105194902301234')).toBeUndefined()
  expect(normaliseIdNumber('110105491231002')).toBe('11010519491231002X')
  expect(normaliseIdNumber('')).toBeUndefined()
  expect(idNumberFacts('11010519491231002X')).toEqual({ birthDate: '1949-12-31', sex: 'female' })
  expect(idNumberMask('11010519491231002X')).toBe('110105********002X')
})

test('a credit code holds its check character (GB 32100)', () => {
  expect(normaliseCreditCode('91350100m000100y43')).toBe('91350100M000100Y43')
  expect(normaliseCreditCode('91350100M000100Y44')).toBeUndefined()
  expect(normaliseCreditCode('91350100I000100Y43')).toBeUndefined()
})

test.each([
  ['男', 'male'],
  ['Female', 'female'],
  ['先生', 'male'],
  ['女士', 'female'],
  ['1', 'male'],
  ['2', 'female'],
  ['保密', null],
  ['?', undefined],
])('sex %s is %s', (raw, sex) => {
  expect(parseSex(raw)).toBe(sex)
})

test.each([
  ['个人', 'person'],
  ['企业客户', 'organization'],
  ['Company', 'organization'],
  ['', undefined],
])('kind %s is %s', (raw, kind) => {
  expect(parseKind(raw)).toBe(kind)
})

test.each([
  '苏州云锦纺织有限公司',
  '杭州半日闲茶馆',
  '绍兴越州食品商行',
  '浙江大学',
  'Acme Trading Co., Ltd.',
  '中国银行（西湖支行）',
  '某某科技',
])('%s is an organization', (name) => {
  expect(looksLikeOrganization(name)).toBe(true)
})

test.each(['张三', '欧阳静怡', '阿依古丽·买买提', 'Ada Lovelace', '王店', '李局', 'Marco Polo', '司马中心'.slice(0, 3)])(
  '%s is a person',
  (name) => {
    expect(looksLikeOrganization(name)).toBe(false)
  },
)
