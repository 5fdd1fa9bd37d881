let next = 0

/** Values that occur nowhere else, so that wherever one turns up, it has leaked. */
export interface Canary {
  name: string
  phone: string
  email: string
  idNumber: string
  note: string
  address: string
}

const names = new Set<string>()
const personal = new Set<string>()

/** A person whom nobody has ever heard of. */
export function canary(): Canary {
  next++
  const person: Canary = {
    name: `柯${[...String(7_310_000 + next)].map((digit) => '零壹贰叁肆伍陆柒捌玖'[Number(digit)]).join('')}`,
    phone: `1397${String(3_100_000 + next * 13).slice(-7)}`,
    email: `qv${next}zxk@kanarie.example`,
    idNumber: idNumberOf(`110101199003${String(10_000 + next).slice(-5)}`),
    note: `noot${next}wqz`,
    address: `steeg${next}wqz`,
  }
  names.add(person.name)
  for (const value of [person.phone, person.email, person.idNumber, person.note, person.address]) personal.add(value)
  return person
}

/** With the check digit of GB 11643-1999: Σ aᵢ·2^(18−i) ≡ 1 (mod 11). */
function idNumberOf(digits17: string): string {
  const sum = [...digits17].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0)
  return `${digits17}${'10X98765432'[sum % 11]}`
}

/** What the values of canaries look like; phones also as parts of longer numbers. */
const namesLike = /柯[零壹贰叁肆伍陆柒捌玖]{7}/g
const personalLike = /(?=(1397\d{7}))|qv\d+zxk@kanarie\.example|110101199003\d{5}[\dX]|(?:noot|steeg)\d+wqz/g

/** The personal values of canaries that a text holds whole. */
export const personalValuesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(personalLike)].map(([whole, phone]) => phone ?? whole).filter((value) => personal.has(value))),
]

/** The first value of a canary that a text holds, their name or anything personal. */
export const canaryIn = (text: string): string | undefined =>
  text.match(namesLike)?.find((name) => names.has(name)) ?? personalValuesIn(text)[0]
