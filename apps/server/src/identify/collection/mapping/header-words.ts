import { namePinyin, nameSyllables } from '../../identity/normalise/name.ts'
import { cleanText } from '../../identity/normalise/text.ts'

/** A header as it is compared: words parted at capitals and marks, in lower case; units, stars and remarks in brackets left out. */
export function headerWords(raw: string): string[] {
  return cleanText(raw)
    .replace(/[（([【{<].*?[）)\]】}>]/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/必填|选填|可选|required|optional/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** The words of a header run together: InvoiceNo, invoice_no and "Invoice No." are all `invoiceno`. */
export const headerKey = (raw: string): string => headerWords(raw).join('')

const meaningless =
  /^(?:(?:col|column|field|f|c|v|x|var|attr|data|unnamed|value|string|text|attribute|custom|extra|ext|reserve|reserved|spare|misc|tmp|temp|param|prop|kolom|字段|列|第|扩展|扩展字段|自定义|自定义字段|备用|备用字段|预留|预留字段|其他|其它|未命名|数据|项|属性|参数)*\d*[a-z]?列?|[a-z]{1,2}|\d+[a-z]?|(?:备注|说明|note|remark|memo|comment)s?\d+|新建列|无标题|untitled|none|null|nan|n a|xxx+|test|info|信息)$/

/** Whether a header says nothing: col_7, F3, 字段2, 备注2, Unnamed: 3, A. */
export const isMeaningless = (key: string): boolean => key === '' || (meaningless.test(key) && !meaningful.has(key))
const meaningful = new Set(['id', 'no', 'qq', 'wx'])

/** The most that two words may differ by, with the distance counting a swapped pair as one (optimal string alignment). */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, (before[j - 2] as number) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return last[b.length] as number
}

const hanOnly = /^\p{Script=Han}+$/u

/** Last parts of headings that say only what sort of value it is: 支付额 and 支付金额, order_sn and "order no" are the same thing. */
const sorts: [string, RegExp, RegExp][] = [
  ['name', /(?:名称|名字|全称|名)$/, /^(?:name|nm|title)$/],
  ['id', /(?:编号|编码|号码|代码|单号|序号|号|码|id)$/, /^(?:number|num|no|nbr|nr|sn|code|id|key)$/],
  ['time', /(?:日期|时间|时刻|日子|日|时)$/, /^(?:date|time|datetime|dt|at|on|day)$/],
  ['money', /(?:总金额|金额|总额|合计|总计|款项|额|款|钱)$/, /^(?:amount|amt|total|sum|money|fee)$/],
  ['count', /(?:数量|件数|个数|总数|数)$/, /^(?:quantity|qty|count|num|cnt)$/],
  ['text', /(?:内容|详情|信息|说明|记录|描述|情况)$/, /^(?:text|info|detail|details|content|notes|desc)$/],
]

export interface Stem {
  stem: string
  sort: string
}

/** What a heading is about, and the sort of value. Both empty when it is nothing but a sort (金额, date). */
function stemOf(key: string, words: readonly string[]): Stem[] {
  const found: Stem[] = []
  for (const [sort, chinese, latin] of sorts) {
    const last = words.at(-1) ?? ''
    const stem =
      hanEnd.test(key) || /\p{Script=Han}id$/u.test(key) ? key.replace(chinese, '') : latin.test(last) ? words.slice(0, -1).join('') : key
    if (stem !== key && stem.length >= 2) found.push({ stem, sort })
  }
  return found
}
const hanEnd = /\p{Script=Han}$/u

export interface Spelling {
  stems: Stem[]
  key: string
  weak: boolean
  words: string[]
  /** Of Chinese words: how they are typed, so that xingming, xm and a homophone (生曰 is none, 姓明 is) are recognised. */
  pinyin?: string
  initials?: string
}

export function spelling(text: string): Spelling {
  const weak = text.endsWith('~')
  const bare = weak ? text.slice(0, -1) : text
  const words = headerWords(bare)
  const key = words.join('')
  if (!hanOnly.test(key)) return { key, weak, words, stems: stemOf(key, words) }
  const { full, initials } = namePinyin(key.length > 1 ? key : `${key}`)
  return { key, weak, words, stems: stemOf(key, words), pinyin: full, initials }
}

/** A header, prepared once and compared with every word of every field. */
export interface Header {
  key: string
  words: string[]
  stems: Stem[]
  pinyin: string | undefined
  meaningless: boolean
}

export function prepareHeader(raw: string): Header {
  const words = headerWords(raw)
  const key = words.join('')
  return {
    key,
    words,
    stems: stemOf(key, words),
    pinyin: hanOnly.test(key) && key.length <= 12 ? nameSyllables(key).join('') : undefined,
    meaningless: isMeaningless(key),
  }
}

/** How much a header is one of a field's words, in [0, 1]: 1 the same, 0.9 misspelt a little, 0.5 a part of it. */
export function likeness(header: Header, word: Spelling): number {
  const base = word.weak ? 0.72 : 1
  if (header.key === word.key) return base
  if (header.key.length < 2 || word.key.length < 2) return 0
  const numbered = header.key.replace(/\d{1,2}$/, '')
  if (numbered === word.key) return 0.93 * base
  if (word.pinyin !== undefined && word.pinyin.length >= 4) {
    if (header.key === word.pinyin) return 0.95 * base
    if (header.pinyin === word.pinyin) return 0.88 * base
    if (word.initials !== undefined && word.initials.length >= 2 && header.key === word.initials)
      return (word.initials.length > 2 ? 0.74 : 0.66) * base
    if (header.pinyin === undefined && header.key.length >= 6 && editDistance(header.key, word.pinyin, 1) === 1) return 0.8 * base
  }
  return Math.max(misspelt(header.key, word.key), sameStem(header, word), contained(header, word)) * base
}

function misspelt(key: string, word: string): number {
  const chinese = hanOnly.test(word)
  const length = Math.max(key.length, word.length)
  if (chinese) {
    if (Math.min(key.length, word.length) < 3 || !/\p{Script=Han}/u.test(key)) return 0
    const distance = editDistance(key, word, length >= 6 ? 2 : 1)
    return distance === 1 ? (length === 3 ? 0.66 : 0.8) : distance === 2 && length >= 6 ? 0.66 : 0
  }
  if (length < 4 || Math.min(key.length, word.length) < 3) return 0
  const most = length >= 9 ? 3 : length >= 6 ? 2 : 1
  const distance = editDistance(key, word, most)
  if (distance > most) return consonants(key, word)
  return 0.95 - (distance / length) * 1.2
}

/** Whether the word is nothing but a sort of value: 金额, date, total. */
const isBareSort = (key: string): boolean => sorts.some(([, chinese, latin]) => latin.test(key) || key.replace(chinese, '') === '')

/** One slip of the hand between words that are long enough for it to mean nothing else. */
const slightly = (a: string, b: string): boolean =>
  a.charAt(0) === b.charAt(0) && Math.min(a.length, b.length) >= (hanOnly.test(b) ? 3 : 4) && editDistance(a, b, 1) === 1

function sameStem(header: Header, word: Spelling): number {
  let best = 0
  const bare = isBareSort(word.key)
  for (const { stem, sort } of header.stems) {
    if (!bare && stem === word.key) best = Math.max(best, 0.8)
    else if (!bare && slightly(stem, word.key)) best = Math.max(best, 0.66)
    for (const other of word.stems) {
      if (other.sort !== sort) continue
      if (other.stem === stem) best = Math.max(best, 0.87)
      else if (slightly(stem, other.stem)) best = Math.max(best, 0.7)
    }
  }
  for (const other of word.stems) if (other.stem === header.key) best = Math.max(best, 0.72)
  return best
}

/** qnty, custmr, prdct: what remains when the vowels are left out. */
function consonants(key: string, word: string): number {
  if (key.length < 3 || key.length > word.length || key.charAt(0) !== word.charAt(0) || !/^[a-z]+$/.test(word)) return 0
  const strip = (text: string) => text.replace(/(?<=.)[aeiou]/g, '')
  const bare = strip(word)
  return strip(key) === bare && bare.length >= 3 ? 0.7 : 0
}

/** The word within the header (客户手机号码 within 注册客户手机号码), all of its words among the header's, or a shortened word (cate for category). */
function contained(header: Header, word: Spelling): number {
  const share = word.key.length / header.key.length
  // a bare sort says less than what stands beside it: couponAmount is about coupons
  const bareSort = isBareSort(word.key)
  const floor = bareSort ? 0.4 : 0.54
  if (hanOnly.test(word.key)) {
    if (word.key.length < 2 || !header.key.includes(word.key)) return 0
    // the noun stands last in Chinese: 收货人手机号 is a 手机号
    return header.key.endsWith(word.key) ? floor + 0.04 + 0.34 * share : 0.42 + 0.34 * share
  }
  if (word.key.length < 3 || word.words.length === 0)
    return word.words.length > 0 && word.words.every((part) => header.words.includes(part)) ? share * 0.4 : 0
  if (word.words.every((part) => header.words.includes(part))) return floor + 0.34 * share
  const shortened =
    word.words.length === 1 && header.words.some((part) => part.length >= 4 && part.length < word.key.length && word.key.startsWith(part))
  if (shortened && !bareSort) return 0.6
  return word.key.length >= 5 && (header.key.endsWith(word.key) || header.key.startsWith(word.key)) ? floor + 0.2 * share : 0
}
