import { citiesByDistrict, countyCities, districtsOf, municipalities, prefectures, provinces } from './divisions.ts'
import { cleanText } from './text.ts'

/** Divisions by their official names; what the text does not say, and does not follow from it, is missing. */
export interface Region {
  province?: string
  city?: string
  district?: string
  /** The rest: street, house, flat. */
  address?: string
}

const longestName = 15

/** The longest beginning of the text that the table knows. */
function leading<V>(table: ReadonlyMap<string, V>, text: string): { value: V; size: number } | undefined {
  for (let size = Math.min(longestName, text.length); size >= 2; size--) {
    const value = table.get(text.slice(0, size))
    if (value !== undefined) return { value, size }
  }
  return undefined
}

const separators = /^[\s,，/、|>·\-—_]+/
/** What makes another name of the short name before it: 北京路, 上海大厦 and 长沙县 are neither province nor city. */
const otherName = /^(?:[路街道巷县]|大[道街厦学])/
const fullName = /(?:[省市州盟]|地区|自治区|行政区)$/
// 市 last, and only before something that is no street: 苏州市 is taken before, 市北区 and 市南区 are districts
const districtName =
  /^(市[\p{Script=Han}]{1,3}区|[\p{Script=Han}]{1,8}?(?:自治县|自治旗|特区|林区|新区|园区|开发区|高新区|示范区)|[\p{Script=Han}]{1,6}?[区县旗]|[\p{Script=Han}]{2,4}?市)/u
/** 小区, 社区, 园区 name a block of houses, not a district. */
const notDistrict = /(?:小区|社区|街区|校区|厂区|景区|院区)$/

/** How far an address has been read. */
interface Reading {
  region: Region
  rest: string
}

const readOn = (region: Region, rest: string): Reading => ({ region, rest: rest.replace(separators, '') })

/** Whether the text goes on with a district of a province or city. */
const startsDistrict = (province: string, city: string, text: string): boolean =>
  leading(districtsOf.get(`${province}/${city}`) ?? nothing, text) !== undefined

const nothing: ReadonlyMap<string, never> = new Map<string, never>()

/** A name at the beginning of the text; a short one only where that does not begin another name. */
function division<V>(
  table: ReadonlyMap<string, V>,
  text: string,
  goesOn: (value: V, rest: string) => boolean,
): { value: V; rest: string } | undefined {
  const found = leading(table, text)
  if (!found) return undefined
  const rest = text.slice(found.size)
  const sure = fullName.test(text.slice(0, found.size)) || !otherName.test(rest)
  return sure || goesOn(found.value, rest) ? { value: found.value, rest } : undefined
}

function readProvince({ rest: text }: Reading): Reading {
  const cityOf = (province: string) => (municipalities.has(province) ? province : '')
  // 吉林市 is a city.
  const found = text.startsWith('吉林市') ? undefined : division(provinces, text, (name, rest) => startsDistrict(name, cityOf(name), rest))
  return found ? readOn({ province: found.value }, found.rest) : { region: {}, rest: text }
}

function readCity(reading: Reading): Reading {
  const { region, rest: text } = reading
  const { province } = region
  if (province !== undefined && municipalities.has(province)) {
    const rest = text.replace(new RegExp(`^${province.slice(0, 2)}市`), '').replace(separators, '')
    // In lists of divisions 市辖区 and 县 stand where others have a city.
    return readOn({ province, city: province }, rest.replace(/^(?:市辖区|县)(?=\p{Script=Han})/u, ''))
  }
  const isHere = (place: { province: string }) => province === undefined || place.province === province
  const city = division(prefectures, text, ({ name, province: of }, rest) => startsDistrict(of, name, rest))
  if (city && isHere(city.value)) {
    const rest = city.rest.replace(separators, '').replace(/^市辖区(?=\p{Script=Han})/u, '')
    return readOn({ province: city.value.province, city: city.value.name }, rest)
  }
  const county = leading(countyCities, text)
  const behind = county ? text.slice(county.size) : ''
  if (county && isHere(county.value) && (text[county.size - 1] === '市' || /^(?:$|[\s,，])/.test(behind))) {
    const { name, ...place } = county.value
    return readOn({ ...place, district: name }, behind)
  }
  // 湖南省长沙县: no other city of the province has a district of that name.
  const place = leading(citiesByDistrict.get(province ?? '') ?? nothing, text)
  return place ? readOn({ ...place.value, district: text.slice(0, place.size) }, text.slice(place.size)) : reading
}

/** A district that the table has, else what looks like one: former names, development zones. */
function readDistrict(reading: Reading): Reading {
  const { region, rest: text } = reading
  if (region.district !== undefined || region.province === undefined) return reading
  const known = leading(districtsOf.get(`${region.province}/${region.city ?? ''}`) ?? nothing, text)
  if (known) return readOn({ ...region, district: known.value }, text.slice(known.size))
  const name = districtName.exec(text)?.[1]
  if (name === undefined || notDistrict.test(name) || /[路街道巷弄号镇乡村]/.test(name.slice(0, -1))) return reading
  return readOn({ ...region, district: name }, text.slice(name.length))
}

/**
 * Takes a Chinese address apart: 浙江省杭州市西湖区文三路1号 → 浙江省, 杭州市, 西湖区, 文三路1号. A missing province follows from the city (杭州西湖区…), a
 * missing city from the district where only one can be meant, and a municipality is both. What is not Chinese stays whole in `address`.
 */
export function parseRegion(raw: string): Region {
  const text = cleanText(raw).replace(/^(?:中国|中华人民共和国|CN|China)(?=[\s,，]|\p{Script=Han})[\s,，]*/u, '')
  if (!/\p{Script=Han}/u.test(text)) return text === '' ? {} : { address: text }
  const { region, rest } = [readProvince, readCity, readDistrict].reduce((reading, read) => read(reading), {
    region: {},
    rest: text,
  } as Reading)
  return rest === '' ? region : { ...region, address: rest }
}

/** 浙江 → 浙江省. A name that is no Chinese province stays as it is. */
export function normaliseProvince(raw: string): string {
  const text = cleanText(raw)
  return provinces.get(text) ?? text
}

/** 杭州 → 杭州市, with the province where that follows. A name that is not known stays as it is. */
export function normaliseCity(raw: string): { city: string; province?: string } {
  const text = cleanText(raw)
  const known = prefectures.get(text) ?? (text === '吉林' ? prefectures.get('吉林市') : undefined)
  return known ? { city: known.name, province: known.province } : { city: text }
}

/**
 * Official names, and the province where only the city is known. A city that the table puts elsewhere than the record does stays as it
 * is written (海口 and 海南).
 */
export function completeRegion(values: { province?: string | null; city?: string | null }): void {
  if (values.province) values.province = normaliseProvince(values.province)
  if (!values.city) return
  const { city, province } = normaliseCity(values.city)
  if (province !== undefined && values.province && values.province !== province) return
  values.city = city
  if (province !== undefined) values.province ??= province
}

/** Whether a text is the name of a Chinese province, short or full. */
export const isProvince = (raw: string): boolean => provinces.has(cleanText(raw))

/** Whether a text is the name of a Chinese prefecture-level city, short or full. */
export const isCity = (raw: string): boolean => prefectures.has(cleanText(raw))
