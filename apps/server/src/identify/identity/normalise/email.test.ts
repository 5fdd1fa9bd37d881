import { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { expect, test } from 'vitest'
import { emailMask, normaliseEmail } from './email.ts'

test.each([
  ['Zhang.San@QQ.com', 'zhang.san@qq.com'],
  ['　ｌｉ@１６３.com ', 'li@163.com'],
  ['mailto:a+b@example.com.cn', 'a+b@example.com.cn'],
  ['Ada <ada@example.org>', 'ada@example.org'],
])('%s is the address %s', (raw, address) => {
  expect(normaliseEmail(raw)).toBe(address)
  expect(ProfileValues.parse({ email: address })).toEqual({ email: address })
})

test.each(['', 'a@b', '@qq.com', 'a..b@qq.com', 'a b@qq.com', '无', `${'a'.repeat(300)}@qq.com`, 'a@-b.com', 'x@y.c', 'a@@b.com'])(
  '%s is no address',
  (raw) => {
    expect(normaliseEmail(raw)).toBeUndefined()
  },
)

test('a masked address keeps its domain only and at most its first letter', () => {
  expect(['zhang@qq.com', 'z@qq.com', 'nothing'].map(emailMask)).toEqual(['z***@qq.com', '***@qq.com', '***'])
})
