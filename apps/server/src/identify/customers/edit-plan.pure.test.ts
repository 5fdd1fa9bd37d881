import { expect, test } from 'vitest'
import { type CardFacts, planEdit } from './edit-plan.ts'

const facts = (more: Partial<CardFacts> = {}): CardFacts => ({ golden: {}, others: [], locks: new Set(), ...more })

test('a value that a person enters goes on the card, confirmed, without a lock', () => {
  expect(planEdit(facts(), { phone: '+8613812346721' }, {})).toEqual({
    values: { phone: '+8613812346721' },
    confirmed: { phone: '+8613812346721' },
    lock: new Map(),
    unlock: new Set(),
  })
})

test('a value taken away that nobody else says needs no lock', () => {
  expect(planEdit(facts({ golden: { phone: '+861' } }), { phone: null }, {})).toMatchObject({
    values: { phone: undefined },
    lock: new Map(),
  })
})

test('a value taken away that another source says is locked empty', () => {
  expect(planEdit(facts({ others: [{ phone: '+861' }] }), { phone: null }, {}).lock).toEqual(new Map([['phone', null]]))
})

test('a locked field that gets a value stays locked to it', () => {
  expect(planEdit(facts({ locks: new Set(['name']) }), { name: '李四' }, {}).lock).toEqual(new Map([['name', '李四']]))
})

test('a lock without a value holds the value that is there', () => {
  expect(planEdit(facts({ golden: { name: '张三' } }), {}, { lock: ['name', 'email'] }).lock).toEqual(
    new Map([
      ['name', '张三'],
      ['email', null],
    ]),
  )
})

test('a lock in the same edit holds the new value, and unlocking wins over what an edit would keep locked', () => {
  expect(planEdit(facts(), { name: '李四' }, { lock: ['name'] }).lock).toEqual(new Map([['name', '李四']]))
  const unlocked = planEdit(facts({ locks: new Set(['name']) }), { name: '李四' }, { unlock: ['name'] })
  expect([unlocked.lock, unlocked.unlock]).toEqual([new Map(), new Set(['name'])])
})

test('one part of an address takes the others along, because an address comes from one source', () => {
  const plan = planEdit(
    facts({
      golden: { province: '浙江省', city: '杭州市', district: '西湖区' },
      others: [{ province: '浙江省', city: '杭州市', district: '西湖区' }],
    }),
    { district: '上城区' },
    {},
  )
  expect(plan.values).toMatchObject({ province: '浙江省', city: '杭州市', district: '上城区' })
  expect(plan.lock).toEqual(new Map())
})

test('a part of an address taken away stays away by the card alone; the whole of it needs locks', () => {
  const known = facts({ golden: { city: '杭州市', district: '西湖区' }, others: [{ city: '杭州市', district: '西湖区' }] })
  expect(planEdit(known, { district: null }, {}).lock).toEqual(new Map())
  expect(planEdit(known, { city: null, district: null }, {}).lock).toEqual(
    new Map([
      ['city', null],
      ['district', null],
    ]),
  )
})

test('tags of other sources go only by a lock', () => {
  expect(planEdit(facts({ others: [{ tags: ['a'] }] }), { tags: ['b'] }, {}).lock).toEqual(new Map([['tags', ['b']]]))
  expect(planEdit(facts({ others: [{ tags: ['a'] }] }), { tags: ['a', 'b'] }, {}).lock).toEqual(new Map())
})

test('numbers of a source’s own system are never locked', () => {
  expect(planEdit(facts({ others: [{ externalId: '1' }] }), { externalId: null }, {}).lock).toEqual(new Map())
})
