import { isDeepStrictEqual } from 'node:util'
import { provinces as divisions } from '@zhike/contract/identify/divisions.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { municipalities, prefectures, provinces } from './divisions.ts'
import { isCity, isProvince, normaliseCity, normaliseProvince, parseRegion } from './region.ts'
import { cleanText } from './text.ts'

test('the table has all 34 provinces and 333 prefectures of the mainland, besides the four municipalities', () => {
  expect(new Set(provinces.values()).size).toBe(34)
  const names = new Set([...prefectures.values()].filter(({ province }) => province !== '台湾省').map(({ name }) => name))
  expect(names.size).toBe(333 + 4)
})

test.each([
  ['浙江省杭州市西湖区文三路1号', ['浙江省', '杭州市', '西湖区', '文三路1号']],
  ['浙江杭州西湖区文三路1号', ['浙江省', '杭州市', '西湖区', '文三路1号']],
  ['杭州市余杭区五常街道', ['浙江省', '杭州市', '余杭区', '五常街道']],
  ['浙江省 / 杭州市 / 西湖区', ['浙江省', '杭州市', '西湖区', undefined]],
  ['北京市朝阳区建国路88号', ['北京市', '北京市', '朝阳区', '建国路88号']],
  ['北京北京市海淀区', ['北京市', '北京市', '海淀区', undefined]],
  ['上海浦东新区世纪大道100号', ['上海市', '上海市', '浦东新区', '世纪大道100号']],
  ['内蒙古呼伦贝尔市鄂温克族自治旗', ['内蒙古自治区', '呼伦贝尔市', '鄂温克族自治旗', undefined]],
  ['新疆维吾尔自治区伊犁哈萨克自治州伊宁市', ['新疆维吾尔自治区', '伊犁哈萨克自治州', '伊宁市', undefined]],
  ['湖北恩施州利川市', ['湖北省', '恩施土家族苗族自治州', '利川市', undefined]],
  ['吉林省吉林市船营区', ['吉林省', '吉林市', '船营区', undefined]],
  ['吉林市船营区', ['吉林省', '吉林市', '船营区', undefined]],
  ['浙江省义乌市稠城街道', ['浙江省', '金华市', '义乌市', '稠城街道']],
  ['江苏省苏州市工业园区星湖街328号', ['江苏省', '苏州市', '工业园区', '星湖街328号']],
  ['山东省青岛市市北区台东一路', ['山东省', '青岛市', '市北区', '台东一路']],
  ['广东省东莞市长安镇', ['广东省', '东莞市', undefined, '长安镇']],
  ['杭州市阳光小区3幢', ['浙江省', '杭州市', undefined, '阳光小区3幢']],
  ['辽宁省大连市中山区人民路9号', ['辽宁省', '大连市', '中山区', '人民路9号']],
  ['哈尔滨道里区中央大街1号', ['黑龙江省', '哈尔滨市', '道里区', '中央大街1号']],
  ['浙江宁波镇海区', ['浙江省', '宁波市', '镇海区', undefined]],
  ['湖南省长沙县星沙街道', ['湖南省', '长沙市', '长沙县', '星沙街道']],
  ['湖北省仙桃市复州大道', ['湖北省', undefined, '仙桃市', '复州大道']],
  ['江苏省南通市港闸区', ['江苏省', '南通市', '港闸区', undefined]],
  ['山东省即墨市', ['山东省', '青岛市', '即墨市', undefined]],
  ['上海大厦', [undefined, undefined, undefined, '上海大厦']],
  ['香港特别行政区九龙', ['香港特别行政区', undefined, undefined, '九龙']],
  ['文三路1号', [undefined, undefined, undefined, '文三路1号']],
  ['北京路12号', [undefined, undefined, undefined, '北京路12号']],
  ['10 Downing Street, London', [undefined, undefined, undefined, '10 Downing Street, London']],
  ['', [undefined, undefined, undefined, undefined]],
])('%s', (raw, [province, city, district, address]) => {
  const region = parseRegion(raw)
  expect([region.province, region.city, region.district, region.address]).toEqual([province, city, district, address])
})

test('every path of the table, written as an address, is read as itself: what is chosen is what an import writes', () => {
  const misread = divisions.flatMap(({ name: province, prefectures: cities, districts }) =>
    [{ name: undefined, districts }, ...cities].flatMap(({ name: city, districts: names }) =>
      [undefined, ...names].flatMap((district) => {
        const parts = [province, city === province ? undefined : city, district].filter((part) => part !== undefined)
        const whole = {
          province,
          ...(city ? { city } : municipalities.has(province) ? { city: province } : {}),
          ...(district ? { district } : {}),
        }
        return isDeepStrictEqual(parseRegion(parts.join('')), whole) ? [] : [parts.join(' ')]
      }),
    ),
  )
  expect(misread).toEqual([])
})

test('short names become official ones, others stay', () => {
  expect(['浙江', '浙江省', '广西', '内蒙', '北京', 'Ontario'].map(normaliseProvince)).toEqual([
    '浙江省',
    '浙江省',
    '广西壮族自治区',
    '内蒙古自治区',
    '北京市',
    'Ontario',
  ])
  expect(['杭州', '恩施', '北京', '吉林', 'Paris'].map(normaliseCity)).toEqual([
    { city: '杭州市', province: '浙江省' },
    { city: '恩施土家族苗族自治州', province: '湖北省' },
    { city: '北京市', province: '北京市' },
    { city: '吉林市', province: '吉林省' },
    { city: 'Paris' },
  ])
  expect([isProvince('浙江'), isProvince('杭州'), isCity('杭州'), isCity('张三')]).toEqual([true, false, true, false])
})

test('the parts of any address, taken together, end as the address ends', () => {
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'浙江省杭州市西湖区北京上海县旗市路1号 ,/吉林') }),
    fc.string({ unit: 'binary' }),
  )
  const holds = (text: string) => {
    const { address } = parseRegion(text)
    return address === undefined || cleanText(text).endsWith(address)
  }
  expect(() => fc.assert(fc.property(texts, holds))).not.toThrow()
})
