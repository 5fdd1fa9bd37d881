import { cleanText } from './text.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

const checkDigit = (first17: string): string => {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (weights[i] as number)
  return checkDigits.charAt(sum % 11)
}

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()

/**
 * A resident identity number with 18 characters, or undefined when it is none: the check digit (ISO 7064 MOD 11-2) and the birth date
 * in it must hold. Old ones with 15 digits are lengthened.
 * @see GB 11643-1999
 */
export function normaliseIdNumber(raw: string): string | undefined {
  const text = cleanText(raw).replace(/[\s-]/g, '').toUpperCase()
  const long = /^\d{15}$/.test(text) ? `${text.slice(0, 6)}19${text.slice(6)}` : text
  const whole = long.length === 17 && text.length === 15 ? long + checkDigit(long) : long
  if (!/^[1-9]\d{16}[\dX]$/.test(whole)) return undefined
  const year = Number(whole.slice(6, 10))
  if (year < 1850 || year > 2100 || !isDay(year, Number(whole.slice(10, 12)), Number(whole.slice(12, 14)))) return undefined
  return checkDigit(whole) === whole.charAt(17) ? whole : undefined
}

/** What a valid identity number says about its holder: birth date as YYYY-MM-DD and sex. */
export function idNumberFacts(idNumber: string): { birthDate: string; sex: 'female' | 'male' } {
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  return { birthDate, sex: Number(idNumber.charAt(16)) % 2 === 1 ? 'male' : 'female' }
}

/** 330106********123X: place and last four characters. */
export const idNumberMask = (idNumber: string): string =>
  idNumber.length === 18 ? `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}` : '********'
