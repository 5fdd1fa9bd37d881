import type { IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import { describe, expect, test } from 'vitest'
import type { Holder } from './holders.ts'
import type { IdentityValue } from './identities.ts'
import { type Arrival, decideLinks } from './link-plan.ts'
import { editDistance, judge, type Known, namesAgree } from './linking-rules.ts'

const mobile = '+8613812346721'
const landline = '+8657188882209'
const person = (name?: string): Known => ({ kind: 'person', name })
const firm = (name?: string): Known => ({ kind: 'organization', name })

test.each<[string, IdentityKind, string, Known, Known, string]>([
  ['a mobile and one name', 'phone', mobile, person('张伟'), person('张伟'), 'link'],
  ['a mobile and no name', 'phone', mobile, person(), person('张伟'), 'link'],
  ['a mobile and names that sound alike', 'phone', mobile, person('张伟'), person('章伟'), 'link'],
  ['a mobile and one slip in three characters', 'phone', mobile, person('王小明'), person('王小朋'), 'link'],
  ['a mobile and another name', 'phone', mobile, person('张伟'), person('李娜'), 'candidate'],
  ['a mobile and one character of two', 'phone', mobile, person('张伟'), person('张丽'), 'candidate'],
  ['a landline and the same name', 'phone', landline, person('张伟'), person('张伟'), 'link'],
  ['a landline and no name', 'phone', landline, person(), person(), 'ignore'],
  ['a landline and another name', 'phone', landline, person('张伟'), person('李娜'), 'ignore'],
  ['a person and a firm with one mobile', 'phone', mobile, person('张伟'), firm('张伟'), 'ignore'],
  ['two firms with one credit code and other names', 'credit_code', 'x', firm('甲'), firm('乙'), 'link'],
  ['one ID number whatever the names', 'id_number', 'x', person('甲'), person('乙'), 'link'],
  ['one unionid', 'unionid', 'x', person('甲'), person('乙'), 'link'],
  ['one openid', 'openid', 'x', person('甲'), person('乙'), 'link'],
  ['an e-mail and one name in another order', 'email', 'a@b.cn', person('Ada Lovelace'), person('Lovelace, Ada'), 'link'],
  ['an e-mail and another name', 'email', 'a@b.cn', person('张伟'), person('李娜'), 'candidate'],
  ['a member number and another name', 'member', 'M1', person('张伟'), person('李娜'), 'candidate'],
  ['a device says nothing', 'device', 'd1', person('张伟'), person('张伟'), 'ignore'],
])('%s', (_title, kind, value, a, b, verdict) => {
  expect(judge(kind, value, a, b)).toBe(verdict)
  expect(judge(kind, value, b, a)).toBe(verdict)
})

test.each([
  ['张伟', undefined, true],
  ['', '张伟', true],
  ['阿依古丽·买买提', '阿依古丽买买提', true],
  ['阿依古丽', '阿依古力', true],
  ['欧阳静怡', '欧阳静宜', true],
  ['Zhang Wei', 'zhang  wei', true],
  ['张伟', 'Zhang Wei', true],
  ['张三丰', '李四海', false],
  ['Anna', 'Anne', true],
  ['Bob', 'Rob', true],
  ['Al', 'Bo', false],
])('%s and %s agree: %s', (a, b, agree) => expect(namesAgree(a, b)).toBe(agree))

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['kitten', 'sitting', 3],
  ['张伟民', '张民伟', 1],
])('the distance of %s and %s is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance)
  expect(editDistance(b, a)).toBe(distance)
})

describe('the plan for a batch', () => {
  const phone = (value: string): IdentityValue => ({ kind: 'phone', value, namespace: 0 })
  const arrival = (profileId: string, more: Partial<Arrival> = {}): Arrival => ({
    profileId,
    customerId: undefined,
    kind: 'person',
    name: '张伟',
    identities: [phone(mobile)],
    ...more,
  })
  const holder = (profileId: string, customerId: string | null, more: Partial<Holder> = {}): Holder => ({
    ...phone(mobile),
    profileId,
    customerId,
    customerNumber: customerId === null ? null : Number(customerId.slice(1)),
    customerKind: 'person',
    customerName: '张伟',
    ...more,
  })

  test('somebody new becomes a customer', () => {
    const plan = decideLinks([arrival('p1')], [])
    expect(plan.joins).toMatchObject([{ profileId: 'p1', rule: 'new', evidence: [] }])
    expect(plan.newCustomers.size).toBe(1)
  })

  test('a known phone joins its customer, and the evidence is masked', () => {
    expect(decideLinks([arrival('p1')], [holder('p0', 'c5')])).toMatchObject({
      joins: [{ profileId: 'p1', customerId: 'c5', rule: 'phone', evidence: ['phone 138****6721'] }],
      merges: [],
      candidates: [],
    })
  })

  test('two of one batch with one phone become one new customer', () => {
    const arrivals = [arrival('p1'), arrival('p2')]
    const plan = decideLinks(arrivals, [holder('p1', null), holder('p2', null)])
    expect([...plan.newCustomers.values()]).toEqual([expect.arrayContaining(['p1', 'p2'])])
  })

  test('a phone and an e-mail of two customers make them one: the older stays', () => {
    const email: IdentityValue = { kind: 'email', value: 'a@b.cn', namespace: 0 }
    const plan = decideLinks(
      [arrival('p1', { identities: [phone(mobile), email] })],
      [holder('p8', 'c8'), { ...holder('p3', 'c3'), ...email }],
    )
    expect(plan.merges).toMatchObject([{ from: 'c8', into: 'c3' }])
    expect(plan.joins).toMatchObject([{ customerId: 'c3' }])
  })

  test('another name under one phone is a question for a person', () => {
    const plan = decideLinks([arrival('p1', { name: '李娜' })], [holder('p0', 'c5')])
    expect(plan.candidates).toMatchObject([{ profileId: 'p1', customerId: 'c5', reason: 'phone' }])
    expect(plan.newCustomers.size).toBe(1)
  })

  test('a phone of four customers says nothing any more', () => {
    const holders = ['c1', 'c2', 'c3', 'c4'].map((id, i) => holder(`h${i}`, id))
    const plan = decideLinks([arrival('p1')], holders)
    expect([plan.merges, plan.candidates, plan.newCustomers.size]).toEqual([[], [], 1])
  })

  test('somebody whose name nobody contradicts does not join two who contradict each other', () => {
    const email: IdentityValue = { kind: 'email', value: 'a@b.cn', namespace: 0 }
    const plan = decideLinks(
      [arrival('p1', { name: undefined, identities: [phone(mobile), email] })],
      [holder('p8', 'c8', { customerName: '李娜' }), { ...holder('p3', 'c3'), ...email, customerName: '张伟' }],
    )
    expect(plan.merges).toEqual([])
    expect(plan.candidates).toHaveLength(1)
  })
})
