import { cleanText } from './text.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * A unified social credit code (统一社会信用代码) of 18 characters, or undefined when its alphabet or check character do not hold.
 * @see GB 32100-2015
 */
export function normaliseCreditCode(raw: string): string | undefined {
  const code = cleanText(raw).replace(/[\s-]/g, '').toUpperCase()
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return undefined
  let sum = 0
  for (let i = 0; i < 17; i++) sum += alphabet.indexOf(code.charAt(i)) * (weights[i] as number)
  return alphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17) ? code : undefined
}
