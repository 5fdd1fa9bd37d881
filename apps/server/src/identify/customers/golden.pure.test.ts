import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { describe, expect, test } from 'vitest'
import { computeGolden, type GoldenRule, type Lock, type ProfileFacts } from './golden.ts'

/** A profile: a till of trust 60 that spoke in the first minute, unless said otherwise. */
const profile = (id: string, values: ProfileValues, more: Partial<ProfileFacts> = {}): ProfileFacts => ({
  id,
  kind: 'person',
  channel: 'till',
  trust: 60,
  values,
  recordedAt: '2026-01-01T00:00:00.000000Z',
  confirmed: {},
  ...more,
})
const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000000Z`
const confirmed = (field: ProfileField, minute: number) => ({ confirmed: { [field]: { at: at(minute), by: 'u1' } } })
const shop = (id: string, values: ProfileValues, more: Partial<ProfileFacts> = {}) =>
  profile(id, values, { channel: 'shop', trust: 40, ...more })
const manual = (id: string, values: ProfileValues, more: Partial<ProfileFacts> = {}) =>
  profile(id, values, { channel: 'manual', trust: 90, ...more })
const lock = (field: ProfileField, value: unknown): [ProfileField, Lock] => [field, { value, at: at(30), by: 'u2' }]

type Expected = { value: unknown; from?: string | null; rule?: GoldenRule; others?: number }
type Case = [rule: string, profiles: ProfileFacts[], locks: [ProfileField, Lock][], field: ProfileField, expected: Expected]

const cases: Case[] = [
  ['nobody says anything: no value', [profile('a', {})], [], 'name', { value: undefined }],
  ['no profiles at all: no value', [], [], 'name', { value: undefined }],
  ['one source says it: it counts', [profile('a', { name: '张三' })], [], 'name', { value: '张三', from: 'a', rule: 'only', others: 0 }],
  [
    'only one of two speaks of it: it counts',
    [profile('a', { name: '张三' }), profile('b', { city: '杭州市' })],
    [],
    'name',
    { value: '张三', from: 'a', rule: 'only' },
  ],
  [
    'a silent source of more trust does not take a value away',
    [manual('a', {}), shop('b', { name: '张三' })],
    [],
    'name',
    { value: '张三', from: 'b', rule: 'only' },
  ],
  [
    'two agree: the more trusted one stands for it',
    [shop('a', { name: '张三' }), profile('b', { name: '张三' })],
    [],
    'name',
    { value: '张三', from: 'b', rule: 'trust', others: 0 },
  ],
  [
    'trust beats time',
    [shop('a', { name: '新' }, { recordedAt: at(9) }), profile('b', { name: '旧' })],
    [],
    'name',
    { value: '旧', from: 'b', rule: 'trust', others: 1 },
  ],
  [
    'equal trust: the newest',
    [profile('a', { name: '旧' }), profile('b', { name: '新' }, { recordedAt: at(1) })],
    [],
    'name',
    { value: '新', from: 'b', rule: 'newest' },
  ],
  [
    'equal trust, the newest comes first in the list',
    [profile('b', { name: '新' }, { recordedAt: at(1) }), profile('a', { name: '旧' })],
    [],
    'name',
    { value: '新', rule: 'newest' },
  ],
  [
    'a microsecond decides',
    [
      profile('a', { name: '旧' }, { recordedAt: '2026-01-01T00:00:00.000001Z' }),
      profile('b', { name: '新' }, { recordedAt: '2026-01-01T00:00:00.000002Z' }),
    ],
    [],
    'name',
    { value: '新' },
  ],
  [
    'equal trust and time: the later profile',
    [profile('a', { name: '甲' }), profile('b', { name: '乙' })],
    [],
    'name',
    { value: '乙', from: 'b', rule: 'newest' },
  ],
  [
    'equal trust and the same word: no dispute of time',
    [profile('a', { name: '张三' }), profile('b', { name: '张三' }, { recordedAt: at(1) })],
    [],
    'name',
    { value: '张三', from: 'b', rule: 'trust', others: 0 },
  ],
  [
    'confirmed beats trust',
    [manual('a', { phone: '+861' }), shop('b', { phone: '+862' }, confirmed('phone', 1))],
    [],
    'phone',
    { value: '+862', from: 'b', rule: 'confirmed' },
  ],
  [
    'confirmed beats newest',
    [profile('a', { phone: '+861' }, confirmed('phone', 1)), profile('b', { phone: '+862' }, { recordedAt: at(9) })],
    [],
    'phone',
    { value: '+861', rule: 'confirmed' },
  ],
  [
    'two confirmed: the later confirmation',
    [profile('a', { phone: '+861' }, confirmed('phone', 5)), manual('b', { phone: '+862' }, confirmed('phone', 1))],
    [],
    'phone',
    { value: '+861', rule: 'confirmed' },
  ],
  [
    'two confirmed at the same moment: the more trusted',
    [profile('a', { phone: '+861' }, confirmed('phone', 5)), manual('b', { phone: '+862' }, confirmed('phone', 5))],
    [],
    'phone',
    { value: '+862' },
  ],
  [
    'the confirmation of another field counts for nothing',
    [profile('a', { phone: '+861', name: '甲' }, confirmed('name', 5)), manual('b', { phone: '+862' })],
    [],
    'phone',
    { value: '+862', rule: 'trust' },
  ],
  [
    'a confirmation of a value that is gone counts for nothing',
    [shop('a', { name: '甲' }, confirmed('phone', 5)), profile('b', { phone: '+862' })],
    [],
    'phone',
    { value: '+862', rule: 'only' },
  ],
  [
    'confirmed and alone: the only one',
    [profile('a', { phone: '+861' }, confirmed('phone', 1))],
    [],
    'phone',
    { value: '+861', rule: 'only' },
  ],
  [
    'a lock beats everything',
    [manual('a', { phone: '+861' }, confirmed('phone', 9))],
    [lock('phone', '+869')],
    'phone',
    { value: '+869', from: null, rule: 'lock', others: 1 },
  ],
  ['a lock holds without any source', [profile('a', {})], [lock('phone', '+869')], 'phone', { value: '+869', rule: 'lock', others: 0 }],
  [
    'a lock may hold a field empty',
    [profile('a', { phone: '+861' })],
    [lock('phone', null)],
    'phone',
    { value: undefined, rule: 'lock', others: 1 },
  ],
  [
    'an undefined lock is an empty one',
    [profile('a', { phone: '+861' })],
    [lock('phone', undefined)],
    'phone',
    { value: undefined, rule: 'lock' },
  ],
  [
    'a lock on what everybody says has no other values',
    [profile('a', { city: '杭州市' }), shop('b', { city: '杭州市' })],
    [lock('city', '杭州市')],
    'city',
    { value: '杭州市', rule: 'lock', others: 0 },
  ],
  [
    'a lock of one field leaves the others',
    [profile('a', { phone: '+861', name: '甲' })],
    [lock('phone', '+869')],
    'name',
    { value: '甲', rule: 'only' },
  ],
  [
    'an address comes whole from one source',
    [shop('a', { city: '上海市', address: '南京路 1 号' }), profile('b', { city: '杭州市' })],
    [],
    'address',
    { value: undefined },
  ],
  [
    'the city of that source counts',
    [shop('a', { city: '上海市', address: '南京路 1 号' }), profile('b', { city: '杭州市' })],
    [],
    'city',
    { value: '杭州市', from: 'b' },
  ],
  [
    'a source with a street and no city wins whole',
    [profile('a', { address: '文三路 1 号' }), shop('b', { province: '浙江省', city: '杭州市' })],
    [],
    'city',
    { value: undefined },
  ],
  [
    'a confirmed part confirms the address',
    [manual('a', { city: '上海市' }), shop('b', { city: '杭州市', district: '西湖区' }, confirmed('district', 1))],
    [],
    'city',
    { value: '杭州市', from: 'b', rule: 'confirmed' },
  ],
  [
    'of two addresses of equal trust the newest',
    [profile('a', { city: '上海市' }), profile('b', { city: '杭州市' }, { recordedAt: at(1) })],
    [],
    'city',
    { value: '杭州市' },
  ],
  [
    'a locked part stands beside the chosen address',
    [profile('a', { city: '上海市', district: '黄浦区' })],
    [lock('district', '徐汇区')],
    'district',
    { value: '徐汇区', rule: 'lock' },
  ],
  [
    'the rest of an address with a locked part is the source’s',
    [profile('a', { city: '上海市', district: '黄浦区' })],
    [lock('district', '徐汇区')],
    'city',
    { value: '上海市' },
  ],
  [
    'tags of all sources are joined and sorted',
    [profile('a', { tags: ['b', 'a'] }), shop('b', { tags: ['c', 'a'] })],
    [],
    'tags',
    { value: ['a', 'b', 'c'] },
  ],
  ['tags of one source stay', [profile('a', { tags: ['x'] })], [], 'tags', { value: ['x'], rule: 'only' }],
  ['no tags are an empty list, where a source says so', [profile('a', { tags: [] })], [], 'tags', { value: [] }],
  [
    'locked tags are not joined',
    [profile('a', { tags: ['a'] }), shop('b', { tags: ['b'] })],
    [lock('tags', ['z'])],
    'tags',
    { value: ['z'], rule: 'lock' },
  ],
  [
    'a birth date of one calendar does not contradict itself',
    [profile('a', { birthDate: lunar() }), shop('b', { birthDate: lunar() })],
    [],
    'birthDate',
    { value: lunar(), others: 0 },
  ],
  [
    'a lunar and a solar birth date are two values',
    [profile('a', { birthDate: lunar() }), shop('b', { birthDate: { ...lunar(), calendar: 'solar' } })],
    [],
    'birthDate',
    { value: lunar(), others: 1 },
  ],
  [
    'the number in the source’s system is nobody’s golden value',
    [profile('a', { externalId: '10086' })],
    [],
    'externalId',
    { value: undefined },
  ],
  ['nor is an openid', [profile('a', { openid: 'o1' })], [], 'openid', { value: undefined }],
  [
    'three voices, two others',
    [shop('a', { name: '甲' }), profile('b', { name: '乙' }), manual('c', { name: '丙' })],
    [],
    'name',
    { value: '丙', others: 2 },
  ],
  [
    'three voices, one agrees',
    [shop('a', { name: '丙' }), profile('b', { name: '乙' }), manual('c', { name: '丙' })],
    [],
    'name',
    { value: '丙', others: 1 },
  ],
  [
    'a member number is a value like any other',
    [profile('a', { memberNumber: 'M1' }), shop('b', { memberNumber: 'M2' })],
    [],
    'memberNumber',
    { value: 'M1', rule: 'trust' },
  ],
  [
    'a day is compared as text',
    [profile('a', { registeredOn: '2020-01-01' }), shop('b', { registeredOn: '2019-01-01' })],
    [],
    'registeredOn',
    { value: '2020-01-01', others: 1 },
  ],
]

function lunar() {
  return { calendar: 'lunar' as const, year: 1990, month: 4, day: 8, leap: true }
}

describe('the golden value of a field', () => {
  test('the table is long enough to be trusted', () => expect(cases.length).toBeGreaterThanOrEqual(40))

  test.each(cases)('%s', (_rule, profiles, locks, field, expected) => {
    const golden = computeGolden(profiles, new Map(locks))
    expect(golden.values[field]).toEqual(expected.value)
    const provenance = golden.provenance[field]
    if (expected.from !== undefined) expect(provenance?.profile).toBe(expected.from)
    if (expected.rule !== undefined) expect(provenance?.rule).toBe(expected.rule)
    if (expected.others !== undefined) expect(provenance?.others).toBe(expected.others)
  })

  test.each(cases)('does not depend on the order of the profiles: %s', (_rule, profiles, locks) => {
    const one = computeGolden(profiles, new Map(locks))
    expect(computeGolden([...profiles].reverse(), new Map(locks))).toEqual(one)
  })

  test('the kind is that of the most trusted source', () => {
    expect(computeGolden([shop('a', {}), profile('b', {}, { kind: 'organization' })]).kind).toBe('organization')
    expect(computeGolden([]).kind).toBe('person')
  })
})
