import { rights } from '@zhike/contract/platform/rights.ts'
import { expect, test } from 'vitest'
import { accessOf, areas, beyond, clearerThan } from './access.ts'

test('every right stands in one area', () => {
  expect(Object.values(areas).flat().toSorted()).toEqual(Object.keys(rights).toSorted())
})

test('of several roles the widest rows, the pool of any and the clearest view hold, and each says where it comes from', () => {
  const sales = {
    name: 'Sales',
    grants: [{ right: 'customer.read', scope: 'own', pool: true } as const],
    personal: 'masked' as const,
    sensitive: 'hidden' as const,
  }
  const lead = {
    name: 'Lead',
    grants: [{ right: 'customer.read', scope: 'team', pool: false } as const, { right: 'job.read', scope: 'all', pool: false } as const],
    personal: 'clear' as const,
    sensitive: 'hidden' as const,
  }
  const access = accessOf([sales, lead])
  expect(access.rights.get('customer.read')).toEqual({ scope: 'team', pool: true, from: ['Sales', 'Lead'] })
  expect(access.rights.get('job.read')?.from).toEqual(['Lead'])
  expect(access.personal).toEqual({ access: 'clear', from: ['Lead'] })
  expect(access.sensitive).toEqual({ access: 'hidden', from: ['Sales', 'Lead'] })
  expect(accessOf([])).toEqual({ rights: new Map(), personal: { access: 'hidden', from: [] }, sensitive: { access: 'hidden', from: [] } })
})

test('a grant goes beyond one’s own by its right, its rows or the pool; rows count only where a right has them', () => {
  const own = [{ right: 'customer.read', scope: 'team', pool: false } as const, { right: 'job.read', scope: 'own', pool: false } as const]
  expect(beyond(own, { right: 'customer.edit', scope: 'own', pool: false })).toBe('right')
  expect(beyond(own, { right: 'customer.read', scope: 'all', pool: false })).toBe('scope')
  expect(beyond(own, { right: 'customer.read', scope: 'team', pool: true })).toBe('pool')
  expect(beyond(own, { right: 'customer.read', scope: 'own', pool: false })).toBeUndefined()
  expect(beyond(own, { right: 'job.read', scope: 'all', pool: true })).toBeUndefined()
  expect([clearerThan('clear', 'masked'), clearerThan('masked', 'masked')]).toEqual([true, false])
})
