import { expect, test } from 'vitest'
import { withVisit } from './visits.ts'

test('the latest page comes first, and each page stands once, in its latest state', () => {
  const first = withVisit([], { href: '/customers?q=w', title: 'Customers' })
  const second = withVisit(first, { href: '/rfm', title: 'RFM' })
  expect(withVisit(second, { href: '/customers', title: 'Customers' }).map(({ href }) => href)).toEqual(['/customers', '/rfm'])
})

test('no more than eight are kept', () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ href: `/customers/${n}`, title: `${n}` }))
  expect(many.reduce(withVisit, [] as { href: string; title: string }[])).toHaveLength(8)
})
