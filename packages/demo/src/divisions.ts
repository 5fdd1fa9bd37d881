import type { Random } from './random.ts'

/** A city with its real divisions. `shops`: the chain's own; none in the towns around. */
export interface City {
  province: string
  name: string
  /** Division code of the city, six digits (GB/T 2260). */
  division: string
  areaCode: string
  districts: readonly string[]
  shops: readonly { code: string; name: string }[]
  /** Share of the people who live there, relative to the others. */
  weight: number
  /** The city with shops that its people go to: itself, or the nearest. */
  hub: string
}

const city = (line: string, districts: string, hub: string, weight: number, shops: string): City => {
  const [province = '', name = '', division = '', areaCode = ''] = line.split(' ')
  return {
    province,
    name,
    division,
    areaCode,
    districts: districts.split(' '),
    hub,
    weight,
    shops: shops === '' ? [] : shops.split(' ').map((shop) => ({ code: shop.slice(0, 4), name: shop.slice(4) })),
  }
}

export const cities: readonly City[] = [
  city(
    '浙江省 杭州市 330100 0571',
    '上城区 拱墅区 西湖区 滨江区 萧山区 余杭区 临平区 钱塘区 富阳区',
    '杭州市',
    26,
    'HZ01杭州湖滨店 HZ02杭州西溪店 HZ03杭州滨江店',
  ),
  city(
    '上海市 上海市 310100 021',
    '黄浦区 徐汇区 长宁区 静安区 普陀区 虹口区 杨浦区 闵行区 浦东新区 嘉定区',
    '上海市',
    21,
    'SH01上海静安店 SH02上海徐汇店 SH03上海浦东店',
  ),
  city('江苏省 南京市 320100 025', '玄武区 秦淮区 建邺区 鼓楼区 栖霞区 雨花台区 江宁区', '南京市', 12, 'NJ01南京新街口店 NJ02南京建邺店'),
  city('江苏省 苏州市 320500 0512', '虎丘区 吴中区 相城区 姑苏区 吴江区 昆山市 常熟市', '苏州市', 10, 'SZ01苏州观前店 SZ02苏州园区店'),
  city('浙江省 宁波市 330200 0574', '海曙区 江北区 北仑区 镇海区 鄞州区 余姚市 慈溪市', '宁波市', 9, 'NB01宁波天一店'),
  city(
    '四川省 成都市 510100 028',
    '锦江区 青羊区 金牛区 武侯区 成华区 龙泉驿区 温江区 双流区',
    '成都市',
    12,
    'CD01成都春熙店 CD02成都高新店',
  ),
  city('浙江省 绍兴市 330600 0575', '越城区 柯桥区 上虞区 诸暨市', '杭州市', 2, ''),
  city('浙江省 嘉兴市 330400 0573', '南湖区 秀洲区 海宁市 桐乡市', '杭州市', 2, ''),
  city('浙江省 湖州市 330500 0572', '吴兴区 南浔区 德清县 安吉县', '杭州市', 1.5, ''),
  city('江苏省 无锡市 320200 0510', '梁溪区 锡山区 惠山区 滨湖区 新吴区 江阴市 宜兴市', '苏州市', 2, ''),
  city('江苏省 常州市 320400 0519', '天宁区 钟楼区 新北区 武进区', '南京市', 1, ''),
  city('江苏省 南通市 320600 0513', '崇川区 通州区 海门区 如皋市', '上海市', 1, ''),
  city('四川省 绵阳市 510700 0816', '涪城区 游仙区 江油市', '成都市', 0.7, ''),
  city('四川省 德阳市 510600 0838', '旌阳区 罗江区 广汉市', '成都市', 0.7, ''),
]

/** @throws RangeError for a city that is not in the table */
export function cityNamed(name: string): City {
  const found = cities.find((entry) => entry.name === name)
  if (!found) throw new RangeError(`unknown city: ${name}`)
  return found
}

const ROADS = '人民路 中山路 解放路 建设路 和平路 学院路 文化路 新华路 青年路 滨河路 长江路 环城北路 东风路 光明路 友谊路 育才路'.split(' ')
const ESTATES = '云栖雅苑 听澜公寓 半山花园 桂语里 松涧名邸 望湖新村 竹里馆 锦绣家园 春晓苑 梧桐里 翠屏山庄 河畔新城'.split(' ')

/** A street address: real road names that nearly every city has, an invented estate, a random door. */
export function randomStreet(random: Random): string {
  const road = `${random.pick(ROADS)}${random.between(1, 999)}号`
  if (random.chance(0.3)) return road
  return `${road}${random.pick(ESTATES)}${random.between(1, 40)}幢${random.between(1, 4)}单元${random.between(1, 28)}0${random.between(1, 4)}室`
}
