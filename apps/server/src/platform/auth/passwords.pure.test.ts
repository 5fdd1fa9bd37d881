import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { commonList, isGuessable } from './password-policy.ts'
import { addressKey } from './throttle.ts'

test('nothing on the list is accepted, in any case, width or with an ending', () => {
  const entries = [...commonList()].filter((entry) => entry.length >= 8)
  expect(entries.filter((entry) => !isGuessable(entry))).toEqual([])
  expect(entries.filter((entry) => !isGuessable(entry.toUpperCase()))).toEqual([])
  expect(entries.filter((entry) => !isGuessable(`${entry}123!`))).toEqual([])
})

test.each([
  'password1',
  'Password1!',
  'P@ssw0rd',
  'ＰＡＳＳＷＯＲＤ',
  'qwerty123',
  '1q2w3e4r',
  '12345678',
  '87654321',
  'aaaaaaaa',
  'abcabcabc',
  'abcdefgh',
  'iloveyou',
  'ILoveMichael',
  'trustno1',
  'letmein!',
  'admin@123',
  'Summer2024!',
  '2024football',
  '13812345678',
  '1990-05-12',
  '19900512',
  'woaini1314',
  'drowssap',
  '        ',
])('%s is refused', (password) => {
  expect(isGuessable(password)).toBe(true)
})

test.each(['correct horse battery staple', 'xK9#mQ2v', 'lantern-otter-92-quill', '李明的猫爱吃鱼yu7', 'aB3dE6gH9k', 'v7-Zurück-im-Tal'])(
  '%s is accepted',
  (password) => {
    expect(isGuessable(password)).toBe(false)
  },
)

test('a password made of what everybody knows of the person is refused', () => {
  const about = ['ana.lopez@banshan.example', 'Ana López', '半山茶集']
  expect(isGuessable('lopez-ana7', about)).toBe(true)
  expect(isGuessable('banshan88', about)).toBe(true)
  expect(isGuessable('lopez rides green trams', about)).toBe(false)
})

test('a hash names its cost and holds for every character, however it was typed', async () => {
  const kept = await hashPassword('é'.repeat(40))
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  expect(await verifyPassword(kept, 'e\u0301'.repeat(40))).toBe(true)
  expect(await verifyPassword(kept, 'é'.repeat(39))).toBe(false)
  expect(await verifyPassword('not a hash', 'é')).toBe(false)
})

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('the address %s counts as %s', (ip, expected) => {
  expect(addressKey(ip)).toBe(expected)
})
