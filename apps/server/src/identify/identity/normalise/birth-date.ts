import type { BirthDate } from '@zhike/contract/identify/profile-fields.ts'
import { type DateFormat, isDateProblem, parseDate } from './date-time.ts'
import { cleanText } from './text.ts'

const numerals: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
const lunarMonths: Record<string, number> = { 正: 1, 冬: 11, 腊: 12, 臘: 12, 端: 1 }

/** 十五 → 15, 廿三 → 23, 三十 → 30, 初二 → 2, 12 → 12; NaN when it is no number up to 39. */
function smallNumber(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const word = text.replace(/^初/, '')
  const twenties = /^(廿|卅)([一二三四五六七八九]?)$/.exec(word)
  if (twenties) return (twenties[1] === '廿' ? 20 : 30) + (numerals[twenties[2] ?? ''] ?? 0)
  const tens = /^([一二三]?)十([一二三四五六七八九]?)$/.exec(word)
  if (tens) return (tens[1] ? (numerals[tens[1]] ?? 0) : 1) * 10 + (numerals[tens[2] ?? ''] ?? 0)
  return word.length === 1 ? (numerals[word] ?? Number.NaN) : Number.NaN
}

/** 1990, 一九九〇, 90 → 1990. */
function yearNumber(text: string): number {
  const digits = text.replace(/[〇零一二三四五六七八九]/g, (character) => String(numerals[character]))
  if (!/^(?:\d{2}|\d{4})$/.test(digits)) return Number.NaN
  return digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) > 30 ? 1900 : 2000)
}

const solarDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function checked(date: BirthDate): BirthDate | undefined {
  const { calendar, year, month, day } = date
  if (!(month >= 1 && month <= 12 && day >= 1) || (year !== null && !(year >= 1850 && year <= 2100))) return undefined
  if (calendar === 'lunar') return day <= 30 ? date : undefined
  if (day > (solarDays[month - 1] as number)) return undefined
  return year !== null && month === 2 && day === 29 && new Date(Date.UTC(year, 2, 0)).getUTCDate() !== 29 ? undefined : date
}

const lunarMark = /农历|農曆|阴历|陰曆|旧历|老历|夏历|古历|\blunar\b|[（(](?:农|阴|旧)[)）]/i
const solarMark = /公历|阳历|新历|西历|国历|\bsolar\b|[（(](?:阳|公)[)）]/i
const chinese =
  /^(?:(\d{4}|\d{2}|[〇零一二三四五六七八九]{4}|[〇零一二三四五六七八九]{2})\s*年\s*)?(闰|閏)?\s*(\d{1,2}|正|冬|腊|臘|端|[一二三四五六七八九]|十[一二]?)\s*月\s*(\d{1,2}|初?[一二三四五六七八九十]+|廿[一二三四五六七八九]?|卅)\s*[日号號]?$/
const monthDay = /^(?:--)?(\d{1,2})[-/.](\d{1,2})$/
const twoDigitYear = /^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})$/

export interface BirthDateOptions {
  /** The column's format, where days and months cannot be told apart or serial numbers stand for days. */
  format?: DateFormat | undefined
}

/**
 * A birth date as people give it: 1990-02-03, 1990/2/3, 19900203, 1990年2月3日, 05-12 (year unknown), 农历正月十五, 农历1990年闰四月初八, 阴历1990-05-12.
 * Undefined when it is none or no such day exists (1990-02-30, the 31st of a lunar month).
 */
export function parseBirthDate(raw: string, options: BirthDateOptions = {}): BirthDate | undefined {
  if (raw.length > 60) return undefined
  const text = cleanText(raw)
  const marked = lunarMark.test(text)
  const bare = text
    .replace(lunarMark, '')
    .replace(solarMark, '')
    .replace(/^[\s:：()（）]+|[\s:：()（）]+$|生$/g, '')
  const words = chinese.exec(bare)
  if (words) return fromWords(words, marked, solarMark.test(text))
  const calendar = marked ? 'lunar' : 'solar'
  const short = monthDay.exec(bare)
  if (short) {
    const [first, second] = [Number(short[1]), Number(short[2])]
    const [month, day] = options.format === 'day-first' ? [second, first] : [first, second]
    return checked({ calendar, year: null, month, day, leap: false })
  }
  if (marked) {
    const numbers = /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
    return numbers
      ? checked({ calendar, year: Number(numbers[1]), month: Number(numbers[2]), day: Number(numbers[3]), leap: false })
      : undefined
  }
  const old = options.format === 'day-first' || options.format === 'month-first' ? null : twoDigitYear.exec(bare)
  if (old && Number(old[1]) > 31)
    return checked({ calendar, year: 1900 + Number(old[1]), month: Number(old[2]), day: Number(old[3]), leap: false })
  // five digits mean a day only where the whole column is known to hold serial numbers, and an instant is nobody's birthday
  if (/^\d+(?:\.\d+)?$/.test(bare) && bare.length !== 8 && options.format !== 'excel-serial') return undefined
  const day = parseDate(bare, options)
  if (day === undefined || isDateProblem(day)) return undefined
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return checked({ calendar, year, month, day: date, leap: false })
}

function fromWords(words: RegExpExecArray, marked: boolean, solar: boolean): BirthDate | undefined {
  const [, yearText, leapText, monthText = '', dayText = ''] = words
  const leap = leapText !== undefined
  const month = lunarMonths[monthText] ?? smallNumber(monthText)
  const day = smallNumber(dayText)
  // only the lunar calendar speaks of 正月, 腊月, 初八, 廿三 and leap months
  const lunar = marked || (!solar && (leap || monthText in lunarMonths || /^[初廿]/.test(dayText)))
  return checked({
    calendar: lunar ? 'lunar' : 'solar',
    year: yearText === undefined ? null : yearNumber(yearText),
    month,
    day,
    leap: lunar && leap,
  })
}
