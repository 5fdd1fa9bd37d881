import * as divisions from '@zhike/contract/identify/divisions.ts'

/** County-level cities that people write without 市 straight behind the province, or alone. */
const wellKnown = new Set(
  `昆山 常熟 张家港 太仓 江阴 宜兴 溧阳 启东 如皋 海安 丹阳 扬中 句容 仪征 高邮 兴化 靖江 泰兴 义乌 东阳 永康 兰溪 诸暨 嵊州 慈溪 余姚 海宁 桐乡 平湖 乐清 瑞安 龙港
   温岭 临海 玉环 晋江 石狮 南安 福清 建德 胶州 平度 莱西 龙口 莱州 招远 寿光 诸城 青州 巩义 新郑 荥阳 新密 登封 都江堰 彭州 邛崃 崇州 简阳 瓦房店 庄河 浏阳 宁乡`
    .split(/\s+/)
    .filter(Boolean),
)

const tail = /(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/
const prefectureTail =
  /(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|柯尔克孜|哈萨克)*自治州$|(?:盟|地区|市)$/

/** Where something stands; without a city straight below the province. */
interface Place {
  province: string
  city?: string
}

/** 浙江 and 浙江省 → 浙江省 */
export const provinces = new Map<string, string>()
/** 杭州, 杭州市, 恩施, 恩施州 → the official name with its province. 吉林 is left to the province, 海南州 to its full name. */
export const prefectures = new Map<string, { name: string; province: string }>()
/** 义乌, 义乌市 → itself and where it is */
export const countyCities = new Map<string, Place & { name: string }>()
/** The districts of a city (`浙江省/杭州市`), and those straight below a province (`湖北省/`), each by its name. */
export const districtsOf = new Map<string, ReadonlyMap<string, string>>()
/** 长沙县 → its city, of those districts of a province of whose name there is one alone. */
export const citiesByDistrict = new Map<string, ReadonlyMap<string, Place>>()

export const municipalities: ReadonlySet<string> = new Set(['北京市', '天津市', '上海市', '重庆市'])

for (const { name: province, prefectures: cities, districts } of divisions.provinces) {
  provinces.set(province, province)
  provinces.set(province.replace(tail, ''), province)
  const places = new Map<string, Place>()
  const several = new Set<string>()
  const add = (place: Place, names: readonly string[]) => {
    districtsOf.set(`${province}/${place.city ?? ''}`, new Map(names.map((name) => [name, name])))
    for (const name of names) {
      if (places.has(name)) several.add(name)
      places.set(name, place)
      if (!name.endsWith('市')) continue
      countyCities.set(name, { ...place, name })
      if (wellKnown.has(name.slice(0, -1))) countyCities.set(name.slice(0, -1), { ...place, name })
    }
  }
  add({ province }, districts)
  for (const { name, districts: names } of cities) {
    add({ province, city: name }, names)
    const bare = name.replace(prefectureTail, '')
    const prefecture = { name, province }
    prefectures.set(name, prefecture)
    if (name.endsWith('州') && bare !== name && !prefectures.has(`${bare}州`)) prefectures.set(`${bare}州`, prefecture)
    if (municipalities.has(name) || !provinces.has(bare)) prefectures.set(bare, prefecture)
  }
  for (const name of several) places.delete(name)
  citiesByDistrict.set(province, places)
}
for (const [alias, province] of [
  ['内蒙', '内蒙古自治区'],
  ['广西省', '广西壮族自治区'],
  ['新疆省', '新疆维吾尔自治区'],
  ['西藏省', '西藏自治区'],
  ['宁夏省', '宁夏回族自治区'],
  ['内蒙古省', '内蒙古自治区'],
] as const) {
  provinces.set(alias, province)
}
// Districts by now that their people still call cities.
for (const [bare, city] of [
  ['即墨', '青岛市'],
  ['蓬莱', '烟台市'],
] as const) {
  for (const alias of [bare, `${bare}市`]) countyCities.set(alias, { province: '山东省', city, name: `${bare}市` })
}
