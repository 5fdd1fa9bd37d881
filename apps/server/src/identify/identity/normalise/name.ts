import { createRequire } from 'node:module'
import type { pinyin as Pinyin } from 'pinyin-pro'
import { looksLikeOrganization } from './kind.ts'
import { cleanText } from './text.ts'

const han = /\p{Script=Han}/u
const allHan = /^[\p{Script=Han}·]+$/u
const plainHan = /^[\u4e00-\u9fff]+$/

const compoundSurnames = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 ' +
    '子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 ' +
    '公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 单于 纳兰 完颜 叶赫 耶律 爱新 钮祜 哥舒 欧陽 諸葛 東方 司馬'
  ).split(' '),
)

/**
 * A name as it is kept: NFKC, one blank between words and none between Chinese characters, the dot of ethnic and transcribed names as · (阿依古丽·买买提).
 * Letters keep their case.
 */
export function normaliseName(raw: string): string {
  if (plainHan.test(raw)) return raw
  const text = cleanText(raw)
  if (!han.test(text)) return text
  return text
    .replace(/(?<=\p{Script=Han})\s*[·•‧∙・⋅･.．●▪]\s*(?=\p{Script=Han})/gu, '·')
    .replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, '')
}

export interface NameParts {
  /** Empty when the name has none (阿依古丽·买买提) or is a single word. */
  surname: string
  given: string
}

/** Surname and given name of a person's normalised name: 欧阳静怡 → 欧阳 + 静怡; `Ada Lovelace` and `Lovelace, Ada` → Lovelace + Ada. */
export function splitName(name: string): NameParts {
  if (han.test(name)) {
    if (name.includes('·') || !allHan.test(name)) return { surname: '', given: name }
    const size = name.length > 2 && compoundSurnames.has(name.slice(0, 2)) ? 2 : 1
    return name.length === 1 ? { surname: '', given: name } : { surname: name.slice(0, size), given: name.slice(size) }
  }
  const comma = name.indexOf(',')
  if (comma > 0) return { surname: name.slice(0, comma).trim(), given: name.slice(comma + 1).trim() }
  const blank = name.lastIndexOf(' ')
  return blank > 0 ? { surname: name.slice(blank + 1), given: name.slice(0, blank) } : { surname: '', given: name }
}

// pinyin-pro costs 10 MB and 60 ms: loaded when the first Chinese name is read
let loaded: typeof Pinyin | undefined
const pinyin: typeof Pinyin = ((...args: Parameters<typeof Pinyin>) => {
  loaded ??= (createRequire(import.meta.url)('pinyin-pro') as { pinyin: typeof Pinyin }).pinyin
  return loaded(...args)
}) as typeof Pinyin

const plainReading = (text: string): string[] =>
  pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).map((syllable) => syllable.toLowerCase())

const ofCharacter = new Map<string, string>()
const ofSurname = new Map<string, string[]>()
const ofPhrase = new Map<string, string[]>()
/** Bounds the memory of the caches; past it they start again. */
const cacheLimit = 50_000

function remember<V>(cache: Map<string, V>, key: string, make: () => V): V {
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= cacheLimit) cache.clear()
  const value = make()
  cache.set(key, value)
  return value
}

const characterReading = (character: string): string => remember(ofCharacter, character, () => plainReading(character)[0] ?? character)

/** 单 → shan, 曾 → zeng, 仇 → qiu: surnames have readings of their own. */
const surnameReading = (surname: string): string[] =>
  remember(ofSurname, surname, () => {
    // a given name is put behind, because pinyin-pro looks for surnames in front of something
    const syllables = pinyin(`${surname}一`, { toneType: 'none', type: 'array', v: true, surname: 'head' })
    return syllables.slice(0, surname.length)
  })

/**
 * The syllables of a name in pinyin without tones, lower case, ü as v; words that are not Chinese stay whole, in lower case. Persons
 * are read with their surname's own reading and then character by character, company names by phrases (重庆 → chong qing).
 */
export function nameSyllables(name: string): string[] {
  if (!han.test(name))
    return name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
  if (allHan.test(name) && name.length <= 4 && !name.includes('·') && !looksLikeOrganization(name)) {
    const { surname, given } = splitName(name)
    const syllables = surname === '' ? [] : [...surnameReading(surname)]
    for (const character of given) syllables.push(characterReading(character))
    return syllables
  }
  return remember(ofPhrase, name, () => plainReading(name).flatMap((part) => part.split(/[^\p{L}\p{N}]+/u).filter(Boolean)))
}

export interface NamePinyin {
  /** zhangweimin */
  full: string
  /** zwm */
  initials: string
}

/** How a name is typed: whole pinyin and initials, in lower case. Of a Latin name: its words joined, and their first letters. */
export function namePinyin(name: string): NamePinyin {
  const syllables = nameSyllables(name)
  let initials = ''
  for (const syllable of syllables) initials += syllable.charAt(0)
  return { full: syllables.join(''), initials }
}

/**
 * Sorts names as people expect when compared byte by byte: Chinese ones by pinyin, syllable by syllable, among Latin ones;
 * equal readings by their characters.
 */
export const nameSortKey = (name: string): string => `${nameSyllables(name).join(' ')} ${name}`
