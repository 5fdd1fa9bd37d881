import { pick, type Random, weighted } from './random.ts'

// The commonest surnames with their share in 1,000, and characters of given names; a long tail of rare ones is left out.
const surnames: readonly (readonly [string, number])[] = (
  '王72 李72 张68 刘54 陈45 杨31 黄22 赵21 吴20 周19 徐15 孙15 马13 朱12 胡12 郭11 何11 林11 高10 罗10 郑9 梁8 谢8 宋7 唐7 许6 韩6 邓6 冯6 ' +
  '曹6 彭6 曾5 肖5 田5 董5 潘4 袁4 蔡4 蒋4 余4 于4 杜4 叶4 程4 魏4 苏4 吕4 丁3 任3 卢3 姚3 沈3 钟3 姜3 崔3 谭3 陆3 范3 汪3 廖3 石2 金2 韦2 贾2 夏2 付2 ' +
  '方2 邹2 熊2 白2 孟2 秦2 邱2 侯2 江2 尹2 薛2 闫2 段2 雷2 龙2 黎2 史2 陶2 贺2 毛2 郝2 顾2 龚2 邵2 万2 覃1 武1 钱1 戴1 严1 莫1 孔1 向1 常1 欧阳1 上官1 司马1'
)
  .split(' ')
  .map((entry) => [entry.replace(/\d+$/, ''), Number(/\d+$/.exec(entry)?.[0])] as const)

const given = [
  ...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉力志永健世广义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰楠榕风航弘',
  ...'桃晶妹雪荣爱红玉萍月彩春菊兰凤洁梅琳素云莲真环佳嘉琼勤珍贞莉桂叶璧璐娅琦妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗',
  ...'宇浩轩梓涵诗雨欣怡然可思睿博晨阳俊熙皓天翊泽霖昊嘉懿煜城鹏煊立诚展元修伟泽',
]
const first =
  'James Mary John Linda Robert Susan Michael Karen Anna Peter Sofia Daniel Laura Thomas Emma Paul Julia Mark Elena David'.split(' ')
const last =
  'Smith Brown Miller Davis Wilson Taylor Moore Martin Walker Young King Wright Baker Carter Schmidt Rossi Novak Silva Kim Tanaka'.split(
    ' ',
  )
const firmWords = '明远 恒信 华泰 新联 东方 天成 瑞丰 博雅 金桥 盛世 宏图 百川 中意 安达 海纳 众合 嘉禾 长青'.split(' ')
const firmKinds = '贸易有限公司 科技有限公司 餐饮管理有限公司 服饰有限公司 电子商务有限公司 食品有限公司'.split(' ')

/** A person's name: 85 of 100 Chinese, most of three characters. */
export function personName(random: Random): string {
  if (random() < 0.15) return `${pick(random, first)} ${pick(random, last)}`
  const surname = weighted(random, surnames)
  return surname + pick(random, given) + (random() < 0.85 ? pick(random, given) : '')
}

export const firmName = (random: Random, city: string): string =>
  city.replace(/市$/, '') + pick(random, firmWords) + pick(random, firmWords) + pick(random, firmKinds)

/** Province, city and share in 1,000. */
export const places: readonly (readonly [readonly [province: string, city: string], number])[] = (
  '上海市 上海市 90,北京市 北京市 85,广东省 深圳市 70,广东省 广州市 70,浙江省 杭州市 65,四川省 成都市 60,重庆市 重庆市 55,湖北省 武汉市 45,江苏省 苏州市 45,' +
  '江苏省 南京市 45,陕西省 西安市 40,天津市 天津市 35,浙江省 宁波市 30,湖南省 长沙市 30,山东省 青岛市 30,河南省 郑州市 30,辽宁省 沈阳市 20,辽宁省 大连市 20,' +
  '山东省 济南市 20,福建省 厦门市 20,福建省 福州市 15,安徽省 合肥市 15,云南省 昆明市 15,江苏省 无锡市 15,广东省 东莞市 15,广东省 佛山市 10,黑龙江省 哈尔滨市 10'
)
  .split(',')
  .map((entry) => entry.split(' '))
  .map(([province, city, share]) => [[province ?? '', city ?? ''], Number(share)] as const)

export const levels: readonly (readonly [string, number])[] = [
  ['普通会员', 600],
  ['银卡会员', 250],
  ['金卡会员', 120],
  ['钻石会员', 30],
]
