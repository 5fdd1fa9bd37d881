import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { cleanText } from './text.ts'

const mobile = /^1[3-9]\d{9}$/
/** What people put behind a number: 转801, ext. 801, x801. */
const extension = /(?:转|分机|ext\.?|x|#|,)\s*\d{1,6}$/i
/** 0571-88882209-801: the last group of a number that is already whole. */
const dashedExtension = /^((?:\+?86[- ]?)?\(?0?\d{2,3}\)?[- ]?\d{7,8})-\d{1,5}$/

/** Area codes: 10 and 2x have two digits, all the others three. */
const landline = /^\+86(?![48]00\d{7}$)(10|2\d|[3-9]\d{2})(\d{7,8})$/
/** The library takes local numbers without their area code for valid; as an identity they would join strangers. */
const chinese = /^\+86(?:1[3-9]\d{9}|[48]00\d{7}|(?:10|2\d)\d{8}|[3-9]\d{2}[2-9]\d{6,7})$/

/**
 * A phone number as E.164 (+8613812346721), or undefined when it is none. Understands +86 and 0086, full-width digits, blanks, dashes,
 * brackets, landlines with their area code, 400 and 800 numbers, extensions (left out, they do not belong to E.164), and the
 * ".0" that spreadsheets add. A landline without its area code, two numbers in one text and numbers rounded to 1.38E+10 are none.
 */
export function normalisePhone(raw: string, region: CountryCode = 'CN'): string | undefined {
  if (region === 'CN' && mobile.test(raw)) return `+86${raw}`
  if (raw.length > 60) return undefined
  const text = cleanText(raw)
    .replace(/^(?:tel|phone|mobile|cell|[mt]|联系电话|电话|手机号?|座机)[:\s.]*(?=[\d+(])/i, '')
    .replace(/\.0$/, '')
    .replace(/[‐-―−－]/g, '-')
  const bare = text.replace(extension, '').trim()
  const number = region === 'CN' ? bare.replace(dashedExtension, '$1') : bare
  if (!/^[+(]?[\d\s().\-·+]+$/.test(number)) return undefined
  const digits = number.replace(/\D/g, '')
  if (digits.length < 6 || digits.length > 17) return undefined
  if (region === 'CN') {
    const national = digits.replace(/^(?:0086|86(?=1[3-9]\d{9}$))/, '').replace(/^0(?=1[3-9]\d{9}$)/, '')
    if (mobile.test(national) && (!number.startsWith('+') || digits.startsWith('86'))) return `+86${national}`
  }
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : number.startsWith('+') ? `+${digits}` : digits
  const parsed = parsePhoneNumberFromString(international, region)
  if (!parsed?.isValid()) return undefined
  // ten digits without the 0 of the area code are rather an order or card number
  if (region === 'CN' && landline.test(parsed.number) && !/^(?:[0+(]|86\D)/.test(number)) return undefined
  return parsed.countryCallingCode !== '86' || chinese.test(parsed.number) ? parsed.number : undefined
}

/** Whether an E.164 number is a Chinese mobile, which one person has, rather than a landline, which a house or firm shares. */
export const isMobile = (e164: string): boolean => /^\+861[3-9]\d{9}$/.test(e164)

/** The number as it is dialled in its country: 13812346721, 057188882209, +14155552671 for foreign ones. */
export function dialledPhone(e164: string): string {
  if (!e164.startsWith('+86')) return e164
  const national = e164.slice(3)
  return mobile.test(national) || /^[48]00\d{7}$/.test(national) ? national : `0${national}`
}

/**
 * A phone number with its middle hidden: 138****6721, 0571-****2209, 400****3456, +1****2671. Takes E.164 or any other text; of a text that
 * is not a phone number at most the last four digits are shown.
 */
export function phoneMask(phone: string): string {
  const e164 = /^\+\d+$/.test(phone) ? phone : (normalisePhone(phone) ?? phone)
  if (isMobile(e164)) return `${e164.slice(3, 6)}****${e164.slice(-4)}`
  if (/^\+86[48]00\d{7}$/.test(e164)) return `${e164.slice(3, 6)}****${e164.slice(-4)}`
  const parts = landline.exec(e164)
  if (parts) return `0${parts[1]}-****${e164.slice(-4)}`
  const foreign = e164.startsWith('+') ? parsePhoneNumberFromString(e164) : undefined
  if (foreign) return `+${foreign.countryCallingCode}****${foreign.nationalNumber.length >= 8 ? foreign.nationalNumber.slice(-4) : ''}`
  const digits = phone.replace(/\D/g, '')
  return digits.length >= 8 ? `****${digits.slice(-4)}` : '****'
}
