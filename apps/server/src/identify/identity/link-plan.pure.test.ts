import { expect, test } from 'vitest'
import type { Holder } from './holders.ts'
import { type Arrival, decideLinks } from './link-plan.ts'

const phone = (value: string) => ({ kind: 'phone' as const, value, namespace: 0 })
const email = (value: string) => ({ kind: 'email' as const, value, namespace: 0 })
const mobile = '+8613812340001'

const arrival = (profileId: string, name: string | undefined, identities: Arrival['identities'], customerId?: string): Arrival => ({
  profileId,
  customerId,
  kind: 'person',
  name,
  identities,
})

const holder = (
  profileId: string,
  customerId: string,
  number: number,
  name: string,
  identity: ReturnType<typeof phone> | ReturnType<typeof email>,
): Holder => ({
  ...identity,
  profileId,
  customerId,
  customerNumber: number,
  customerKind: 'person',
  customerName: name,
})

test('a profile that nobody shares anything with becomes a customer of its own', () => {
  const plan = decideLinks([arrival('p1', '张伟', [phone(mobile)])], [])
  expect(plan.joins).toMatchObject([{ profileId: 'p1', rule: 'new' }])
  expect(plan.newCustomers.size).toBe(1)
})

test('the same mobile and a name that sounds alike join the customer that is there, and the evidence is masked', () => {
  const plan = decideLinks([arrival('p2', '张玮', [phone(mobile)])], [holder('p1', 'c1', 7, '张伟', phone(mobile))])
  expect(plan.joins).toMatchObject([{ profileId: 'p2', customerId: 'c1', rule: 'phone', evidence: ['phone 138****0001'] }])
})

test('the same mobile under another name is for a person to decide', () => {
  const plan = decideLinks([arrival('p2', '李强', [phone(mobile)])], [holder('p1', 'c1', 7, '张伟', phone(mobile))])
  expect(plan.joins).toMatchObject([{ profileId: 'p2', rule: 'new' }])
  expect(plan.candidates).toMatchObject([{ profileId: 'p2', customerId: 'c1', reason: 'phone' }])
})

test('a profile that knows two customers makes them one, under the older code', () => {
  const plan = decideLinks(
    [arrival('p3', '张伟', [phone(mobile), email('zw@example.com')])],
    [holder('p1', 'c9', 9, '张伟', phone(mobile)), holder('p2', 'c4', 4, '张伟', email('zw@example.com'))],
  )
  expect(plan.joins).toMatchObject([{ profileId: 'p3', customerId: 'c4' }])
  expect(plan.merges).toMatchObject([{ from: 'c9', into: 'c4' }])
})

test('two customers whose names contradict each other are not made one by a nameless profile between them', () => {
  const plan = decideLinks(
    [arrival('p3', undefined, [phone(mobile), email('zw@example.com')])],
    [holder('p1', 'c1', 1, '张伟', phone(mobile)), holder('p2', 'c2', 2, '李强', email('zw@example.com'))],
  )
  expect(plan.merges).toEqual([])
})

test('a value that more customers share than a household would says nothing', () => {
  const holders = ['a', 'b', 'c', 'd'].map((id, i) => holder(`p${id}`, `c${id}`, i, '张伟', phone(mobile)))
  expect(decideLinks([arrival('p9', '张伟', [phone(mobile)])], holders).joins).toMatchObject([{ rule: 'new' }])
})

test('what a person has split, no rule joins again', () => {
  const holders = [holder('p1', 'c1', 7, '张伟', phone(mobile))]
  const plan = decideLinks([arrival('p2', '张伟', [phone(mobile)], 'c2')], holders, new Set(['p2 c1']))
  expect(plan).toMatchObject({ joins: [], merges: [], candidates: [] })
})

test('profiles that arrive together and share a mobile are one new customer', () => {
  const holders: Holder[] = ['p1', 'p2'].map((profileId) => ({
    ...holder(profileId, '', 0, '', phone(mobile)),
    customerId: null,
    customerNumber: null,
    customerKind: null,
    customerName: null,
  }))
  const plan = decideLinks([arrival('p1', '张伟', [phone(mobile)]), arrival('p2', '张伟', [phone(mobile)])], holders)
  expect([...plan.newCustomers.values()]).toEqual([expect.arrayContaining(['p1', 'p2'])])
})
