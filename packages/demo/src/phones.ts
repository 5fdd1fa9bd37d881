import type { Random } from './random.ts'

/** Mobile prefixes in use; data-card and satellite ranges are left out. */
const PREFIXES = (
  '130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159 166 ' +
  '173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 198 199'
).split(' ')

/** Typed in by clerks in a hurry instead of a number: shared by people who have nothing in common. */
export const placeholderPhones = ['13800000000', '13800138000'] as const

/** Hands out random mobile numbers: none twice, and never a placeholder. */
export function createPhoneBook(random: Random): () => string {
  const taken = new Set<string>(placeholderPhones)
  return () => {
    for (;;) {
      const number = random.pick(PREFIXES) + String(random.int(1e8)).padStart(8, '0')
      if (taken.has(number)) continue
      taken.add(number)
      return number
    }
  }
}

/** Cities whose local numbers have seven digits; elsewhere they have eight. */
const SEVEN_DIGIT_AREAS = ['0572', '0816', '0838']

/** A landline with its area code, 0571-87654321. */
export function landlineNumber(random: Random, areaCode: string): string {
  const digits = SEVEN_DIGIT_AREAS.includes(areaCode) ? 6 : 7
  return `${areaCode}-${random.pick(['5', '6', '8'])}${random.between(10 ** (digits - 1), 10 ** digits - 1)}`
}

const grouped = (phone: string, by: string) => `${phone.slice(0, 3)}${by}${phone.slice(3, 7)}${by}${phone.slice(7)}`
const fullWidth = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

/** How people and programs write the same number; `international` is the share with +86. Landlines are left as they are. */
export function spellPhone(random: Random, phone: string, international: number): string {
  if (!/^1\d{10}$/.test(phone)) return phone
  if (random.chance(international))
    return random.pick([`+86${phone}`, `+86 ${phone}`, `+86 ${grouped(phone, ' ')}`, `0086${phone}`, `+86-${phone}`])
  const draw = random.next()
  if (draw < 0.03) return grouped(phone, ' ')
  if (draw < 0.055) return grouped(phone, '-')
  if (draw < 0.06) return fullWidth(phone)
  return phone
}
