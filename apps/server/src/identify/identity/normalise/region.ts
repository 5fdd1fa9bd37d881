import { countySeats, municipalities, prefectures, provinces } from './divisions.ts'
import { cleanText } from './text.ts'

/** Divisions by their official names; what the text does not say, and does not follow from it, is missing. */
export interface Region {
  province?: string
  city?: string
  district?: string
  /** The rest: street, house, flat. */
  address?: string
}

const longestName = 12

/** The longest beginning of the text that the table knows. */
function leading<V>(table: ReadonlyMap<string, V>, text: string): { value: V; size: number } | undefined {
  for (let size = Math.min(longestName, text.length); size >= 2; size--) {
    const value = table.get(text.slice(0, size))
    if (value !== undefined) return { value, size }
  }
  return undefined
}

const separators = /^[\s,，/、|>·\-—_]+/
// 市 last, and only before something that is no street: 苏州市 is taken before, 市北区 and 市南区 are districts
const districtName =
  /^(市[\p{Script=Han}]{1,3}区|[\p{Script=Han}]{1,8}?(?:自治县|自治旗|特区|林区|新区|园区|开发区|高新区|示范区)|[\p{Script=Han}]{1,6}?[区县旗]|[\p{Script=Han}]{2,4}?市)/u
/** 小区, 社区, 园区 name a block of houses, not a district. */
const notDistrict = /(?:小区|社区|街区|校区|厂区|景区|院区)$/

function takeDistrict(text: string): { district: string; rest: string } | undefined {
  const match = districtName.exec(text)
  const name = match?.[1]
  if (name === undefined || notDistrict.test(name) || /[路街道巷弄号镇乡村]/.test(name.slice(0, -1))) return undefined
  return { district: name, rest: text.slice(name.length) }
}

/**
 * Takes a Chinese address apart: 浙江省杭州市西湖区文三路1号 → 浙江省, 杭州市, 西湖区, 文三路1号. A missing province follows from the city (杭州西湖区…), and
 * a municipality is both. What is not Chinese stays whole in `address`.
 */
export function parseRegion(raw: string): Region {
  let text = cleanText(raw).replace(/^(?:中国|中华人民共和国|CN|China)(?=[\s,，]|\p{Script=Han})[\s,，]*/u, '')
  const region: Region = {}
  if (!/\p{Script=Han}/u.test(text)) return text === '' ? {} : { address: text }
  const province = leading(provinces, text)
  // 吉林市 is a city, 北京路 a street
  if (province && !(text.startsWith('吉林市') || /^[路街道巷大]/.test(text.slice(province.size)))) {
    region.province = province.value
    text = text.slice(province.size).replace(separators, '')
  }
  if (region.province !== undefined && municipalities.has(region.province)) {
    region.city = region.province
    text = text
      .replace(new RegExp(`^${region.province.slice(0, 2)}市`), '')
      .replace(/^(?:市辖区|县)(?=\p{Script=Han})/u, '')
      .replace(separators, '')
  } else {
    const city = leading(prefectures, text)
    const fits =
      city && (region.province === undefined || city.value.province === region.province) && !/^[路街道巷大县]/.test(text.slice(city.size))
    if (city && fits) {
      region.province = city.value.province
      region.city = city.value.name
      text = text
        .slice(city.size)
        .replace(separators, '')
        .replace(/^市辖区(?=\p{Script=Han})/u, '')
    } else {
      const seat = leading(countySeats, text)
      const behind = seat ? text.slice(seat.size) : ''
      if (seat && (region.province === undefined || seat.value.province === region.province) && /^(?:市|$|[\s,，])/.test(behind)) {
        region.province = seat.value.province
        region.city = seat.value.name
        region.district = `${text.slice(0, seat.size)}市`
        text = behind.replace(/^市/, '').replace(separators, '')
      }
    }
  }
  if (region.district === undefined && (region.city !== undefined || region.province !== undefined)) {
    const taken = takeDistrict(text)
    if (taken) {
      region.district = taken.district
      text = taken.rest.replace(separators, '')
    }
  }
  if (text !== '') region.address = text
  return region
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

/** Whether a text is the name of a Chinese province, short or full. */
export const isProvince = (raw: string): boolean => provinces.has(cleanText(raw))

/** Whether a text is the name of a Chinese prefecture-level city, short or full. */
export const isCity = (raw: string): boolean => prefectures.has(cleanText(raw))
