import { expect, test } from 'vitest'
import { createPhoneBook, placeholderPhones, spellPhone } from './phones.ts'
import { createRandom } from './random.ts'

test('no mobile number is given out twice, and no placeholder', () => {
  const next = createPhoneBook(createRandom(3, 'phones'))
  const numbers = Array.from({ length: 5000 }, next)
  expect(new Set(numbers).size).toBe(5000)
  for (const number of numbers) expect(number).toMatch(/^1[3-9]\d{9}$/)
  expect(numbers).not.toContain(placeholderPhones[0])
})

test('every spelling is the same number', () => {
  const random = createRandom(3, 'spelling')
  const spellings = new Set(Array.from({ length: 3000 }, () => spellPhone(random, '13912345678', 0.3)))
  expect(spellings.size).toBe(9)
  for (const spelling of spellings)
    expect(
      spelling
        .normalize('NFKC')
        .replace(/^(\+86|0086)/, '')
        .replace(/[\s-]/g, ''),
    ).toBe('13912345678')
})

test('a landline keeps its form', () => expect(spellPhone(createRandom(3, 'spelling'), '0571-87654321', 1)).toBe('0571-87654321'))
