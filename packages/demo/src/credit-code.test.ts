import { describe, expect, test } from 'vitest'
import { isCreditCode, randomCreditCode } from './credit-code.ts'
import { createRandom } from './random.ts'

describe('unified social credit code', () => {
  test('both check characters of every random code hold', () => {
    const random = createRandom(7, 'codes')
    for (let i = 0; i < 1000; i++) expect(randomCreditCode(random, '330100')).toSatisfy(isCreditCode)
  })

  test('the example of GB 32100-2015, appendix A, holds', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true)
  })

  test('any single wrong character is found', () => {
    const code = randomCreditCode(createRandom(7, 'codes'), '310100')
    for (let at = 0; at < code.length; at++) {
      const wrong = code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1)
      expect([wrong, isCreditCode(wrong)]).toEqual([wrong, false])
    }
  })

  test.each(['', '9133', '91330100MA00000I00', '91350100M000100Y44'])('%j is refused', (code) => expect(isCreditCode(code)).toBe(false))
})
