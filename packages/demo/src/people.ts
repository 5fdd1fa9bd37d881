import type { Birthday } from './birthdays.ts'
import { randomBirthday } from './birthdays.ts'
import type { Calendar } from './calendar.ts'
import { randomCreditCode } from './credit-code.ts'
import type { Day } from './days.ts'
import { isoDay } from './days.ts'
import type { City } from './divisions.ts'
import { cities, randomStreet } from './divisions.ts'
import type { PersonName, Sex } from './names.ts'
import { randomName } from './names.ts'
import { createPhoneBook, landlineNumber } from './phones.ts'
import type { Random } from './random.ts'
import { createRandom, weightedPicker } from './random.ts'
import type { Segment } from './segments.ts'
import { habits, segments } from './segments.ts'

/** Somebody as they truly are: the channels see parts of it, sometimes wrongly. */
export interface Person {
  /** P000001, O000001 for an organization. */
  id: string
  kind: 'person' | 'organization'
  segment: Segment
  name: PersonName
  sex: Sex | null
  birthday: Birthday | null
  mobile: string
  /** The number before, which some records still have. */
  formerMobile: string | null
  landline: string | null
  /** The couple gives its landline instead of a mobile number at the till. */
  sharesLandline: boolean
  email: string | null
  home: { city: City; district: string; street: string }
  creditCode: string | null
  contactName: string | null
  industry: string | null
  habit: TrueHabit
}

/** The figures behind a person's purchases; what a model fitted to the files should find again. */
export interface TrueHabit {
  /** Transactions per week while alive. */
  rate: number
  /** Probability of dropping out after a purchase. */
  dropProbability: number
  /** Mean spend per transaction, in fen. */
  meanSpend: number
  /** Day of the first purchase; null for those who registered and never bought. */
  firstDay: Day | null
  /** Gone for good after this day whatever the rest says (lapsed VIPs). */
  leavesBy: Day | null
}

const NEVER_BUYS = 0.06
const COUPLES = 0.012

const drawCity = weightedPicker(cities, (city) => city.weight)
const drawSegment = weightedPicker(
  segments.filter((segment) => segment !== 'company'),
  (segment) => habits[segment].share,
)

/** `count` people and companies, in no order that tells anything. Memory grows with `count`. */
export function makePeople(seed: number, count: number, calendar: Calendar): Person[] {
  const random = createRandom(seed, 'people')
  const newPhone = createPhoneBook(createRandom(seed, 'phones'))
  const companies = Math.round(count * habits.company.share)
  const people: Person[] = []
  while (people.length < count - companies) {
    const person = makePerson(random, people.length, newPhone, calendar)
    people.push(person)
    if (random.chance(COUPLES) && person.sex && people.length < count - companies)
      people.push(partnerOf(random, person, people.length, newPhone, calendar))
  }
  for (let i = 0; i < companies; i++) people.push(makeCompany(random, i, people.length, newPhone, calendar))
  return people
}

function makePerson(random: Random, serial: number, newPhone: () => string, calendar: Calendar): Person {
  const sex: Sex = random.chance(0.62) ? 'female' : 'male'
  const age = Math.round(Math.min(82, 18 + random.gamma(4) * 5.6))
  const birthYear = Number(isoDay(calendar.last).slice(0, 4)) - age
  const name = randomName(random, sex, birthYear)
  const city = drawCity(random)
  const segment = drawSegment(random)
  return {
    id: `P${String(serial + 1).padStart(6, '0')}`,
    kind: 'person',
    segment,
    name,
    sex,
    birthday: random.chance(0.86) ? randomBirthday(random, birthYear) : null,
    mobile: newPhone(),
    formerMobile: random.chance(0.03) ? newPhone() : null,
    landline: null,
    sharesLandline: false,
    email: random.chance(0.72) ? emailOf(random, name, serial) : null,
    home: { city, district: random.pick(city.districts), street: randomStreet(random) },
    creditCode: null,
    contactName: null,
    industry: null,
    habit: drawHabit(random, segment, calendar),
  }
}

/** Reserved domains (RFC 2606): no message can ever reach anybody. */
function emailOf(random: Random, name: PersonName, serial: number): string {
  const domain = random.pick(['example.com', 'example.net', 'example.org'])
  return `${name.latin}${random.pick(['', '.', '_'])}${(serial + 46656).toString(36)}${random.int(10)}@${domain}`
}

/** Husband or wife: the same home and landline, another name, mobile number and habit. */
function partnerOf(random: Random, person: Person, serial: number, newPhone: () => string, calendar: Calendar): Person {
  const other = makePerson(random, serial, newPhone, calendar)
  const sex: Sex = person.sex === 'female' ? 'male' : 'female'
  const year = (person.birthday?.year ?? 1980) + random.between(-4, 4)
  const name = randomName(random, sex, year)
  person.landline = landlineNumber(random, person.home.city.areaCode)
  person.sharesLandline = true
  return {
    ...other,
    sex,
    name,
    birthday: other.birthday && randomBirthday(random, year),
    email: other.email && emailOf(random, name, serial),
    home: person.home,
    landline: person.landline,
    sharesLandline: true,
  }
}

const WORDS = '栎舟 澄屿 云榫 禾陌 砚川 曜汐 青篁 沐垚 霁禾 拓岚 汀澜 越岫 衡芷 朔棠 知砚 映潭 榆桓 棣华 玥衡 澹宁'.split(' ')
const MARKS = '一号 二部 东 西 南 北 和 信 达 诚 远 新 兴 汇 启 元'.split(' ')
const INDUSTRIES = '科技 商贸 文化传播 酒店管理 物业服务 建筑设计 金融服务 医疗器械 教育咨询 餐饮管理 会展服务 电子'.split(' ')

/** An invented company: 演示 (demonstration) stands in every name, so that none can be taken for a real one. */
function makeCompany(random: Random, index: number, serial: number, newPhone: () => string, calendar: Calendar): Person {
  const city = drawCity(random)
  const industry = random.pick(INDUSTRIES)
  const contact = randomName(random, random.chance(0.6) ? 'female' : 'male', 1985)
  const brand = `${WORDS[index % WORDS.length]}${index < WORDS.length ? '' : MARKS[Math.floor(index / WORDS.length) % MARKS.length]}`
  const full = `${brand}演示${industry}(${city.name.slice(0, -1)})有限公司`
  return {
    id: `O${String(index + 1).padStart(6, '0')}`,
    kind: 'organization',
    segment: 'company',
    name: { full, surname: full, latin: 'office' },
    sex: null,
    birthday: null,
    mobile: newPhone(),
    formerMobile: null,
    landline: landlineNumber(random, city.areaCode),
    sharesLandline: false,
    email: `purchasing.${(serial + 46656).toString(36)}@example.com`,
    home: { city, district: random.pick(city.districts), street: randomStreet(random) },
    creditCode: randomCreditCode(random, city.division),
    contactName: contact.full,
    industry,
    habit: drawHabit(random, 'company', calendar),
  }
}

function drawHabit(random: Random, segment: Segment, calendar: Calendar): TrueHabit {
  const { r, alpha, a, b, spend } = habits[segment]
  const leavesBy = segment === 'lapsed-vip' ? calendar.last - random.between(110, 400) : null
  return {
    rate: random.gamma(r) / alpha,
    dropProbability: random.beta(a, b),
    meanSpend: Math.round(((100 * spend.mean) / spend.shape) * random.gamma(spend.shape)) + 2000,
    firstDay: random.chance(NEVER_BUYS) && leavesBy === null ? null : drawFirstDay(random, segment, calendar, leavesBy),
    leavesBy,
  }
}

/** The chain grows: new customers come at a rising rate, after a rush when the member card was introduced. */
function drawFirstDay(random: Random, segment: Segment, calendar: Calendar, leavesBy: Day | null): Day {
  const length = calendar.last - calendar.first
  if (leavesBy !== null) return calendar.someDay(random, segment, calendar.first, calendar.first + Math.round(length * 0.15))
  if (random.chance(0.2)) return calendar.someDay(random, segment, calendar.first, calendar.first + 60)
  const growth = random.chance(0.2) ? Math.sqrt(random.next()) : random.next()
  const around = calendar.first + Math.round(growth * length)
  return calendar.someDay(random, segment, Math.max(calendar.first, around - 10), Math.min(calendar.last, around + 10))
}
