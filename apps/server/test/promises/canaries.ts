let next = 0

/** Values that occur nowhere else, so that wherever one turns up, it has leaked. */
export interface Canary {
  name: string
  phone: string
  email: string
  idNumber: string
  note: string
}

const made: Canary[] = []

/** A person whom nobody has ever heard of. */
export function canary(): Canary {
  next++
  const person: Canary = {
    name: `柯${[...String(7_310_000 + next)].map((digit) => '零壹贰叁肆伍陆柒捌玖'[Number(digit)]).join('')}`,
    phone: `1397${String(3_100_000 + next * 13).slice(-7)}`,
    email: `qv${next}zxk@kanarie.example`,
    idNumber: idNumberOf(`110101199003${String(10_000 + next).slice(-5)}`),
    note: `noot${next}wqz`,
  }
  made.push(person)
  return person
}

/** With the check digit of GB 11643-1999: Σ aᵢ·2^(18−i) ≡ 1 (mod 11). */
function idNumberOf(digits17: string): string {
  const sum = [...digits17].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0)
  return `${digits17}${'10X98765432'[sum % 11]}`
}

/** The first personal value of a canary that a text holds. */
export function canaryIn(text: string): string | undefined {
  return made
    .flatMap(({ name, phone, email, idNumber, note }) => [name, phone, email, idNumber, note])
    .find((value) => text.includes(value))
}
