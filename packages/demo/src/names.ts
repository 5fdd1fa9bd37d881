import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'

export type Sex = 'female' | 'male'

export interface PersonName {
  full: string
  /** What follows a title is added to: 王 in 王女士; the whole name where there is no surname. */
  surname: string
  /** Latin letters for an e-mail address. */
  latin: string
}

/** Surnames with pinyin and share in per mille: the most frequent ones, then compound and polyphonic ones so that each occurs. */
const SURNAMES = `
王wang71 李li70 张zhang67 刘liu53 陈chen47 杨yang30 黄huang22 赵zhao20 吴wu20 周zhou19 徐xu17 孙sun15 马ma13 朱zhu13 胡hu12 郭guo12 何he11 林lin11
高gao10 罗luo9 郑zheng9 梁liang8 谢xie8 宋song7 唐tang7 许xu6 韩han6 邓deng6 冯feng6 曹cao6 彭peng6 曾zeng6 肖xiao6 田tian5 董dong5 潘pan5 袁yuan5 蔡cai5
蒋jiang5 余yu5 于yu5 杜du5 叶ye5 程cheng5 魏wei4 苏su4 吕lv4 丁ding4 任ren4 卢lu4 姚yao4 沈shen4 钟zhong4 姜jiang4 崔cui4 谭tan4 陆lu4 范fan4 汪wang4
廖liao4 石shi3 金jin3 韦wei3 贾jia3 夏xia3 付fu3 方fang3 邹zou3 熊xiong3 白bai3 孟meng3 秦qin3 邱qiu3 侯hou3 江jiang3 尹yin3 薛xue3 闫yan3 段duan2 雷lei2
龙long2 黎li2 史shi2 陶tao2 贺he2 毛mao2 郝hao2 顾gu2 龚gong2 邵shao2 万wan2 覃qin2 武wu2 钱qian2 戴dai2 严yan2 莫mo2 孔kong2 俞yu2 章zhang2 鲁lu2
单shan0.8 仇qiu0.5 解xie0.7 查zha0.5 盖gai0.2 乐yue0.3 区ou0.3 朴piao0.3 华hua0.6 翟zhai0.6
欧阳ouyang0.9 上官shangguan0.2 司马sima0.2 诸葛zhuge0.2 皇甫huangfu0.15 尉迟yuchi0.1 慕容murong0.1 司徒situ0.15 令狐linghu0.1 万俟moqi0.05`
  .trim()
  .split(/\s+/)
  .map((entry) => {
    const [, text = '', latin = '', weight = ''] = /^(\p{Script=Han}+)([a-z]+)([\d.]+)$/u.exec(entry) ?? []
    return { text, latin, weight: Number(weight) }
  })

/** Characters of given names by sex and the decade they were in fashion; the rare 䶮 has four bytes in GB18030. */
const GIVEN = {
  female: {
    older: '芳秀英桂兰玉珍凤琴红梅丽华淑霞',
    middle: '敏静娟艳玲燕娜霞洁琳慧颖莉倩婷',
    younger: '欣怡梓涵诗雨萱佳悦思琪雯语彤瑶',
    rare: '䶮翀',
  },
  male: {
    older: '建国华平明军志强德福文贵海林',
    middle: '伟勇杰涛超斌波辉刚健峰鹏飞俊磊',
    younger: '浩宇轩泽睿博子昊天铭嘉晨阳皓',
    rare: '䶮翀',
  },
} as const

const ETHNIC = {
  female: '阿依古丽 古丽娜尔 帕提古丽 热依汗 阿依夏木 阿依努尔 卓玛 央金 次仁旺姆'.split(' '),
  male: '艾力 吐尔逊 玉素甫 阿迪力 卡德尔 阿不都热依木 扎西 多吉 次仁顿珠'.split(' '),
} as const
const FATHERS = '买买提 艾力 吐尔逊 玉素甫 阿不力孜 依明'.split(' ')

const surname = weightedPicker(SURNAMES, (entry) => entry.weight)

/** A random combination of surname and given name, in the fashion of the birth year; one in 250 is of a people that writes a dot. */
export function randomName(random: Random, sex: Sex, birthYear: number): PersonName {
  if (random.chance(0.004)) return ethnicName(random, sex)
  const family = surname(random)
  const given = givenName(random, sex, birthYear)
  return { full: family.text + given, surname: family.text, latin: family.latin }
}

function ethnicName(random: Random, sex: Sex): PersonName {
  const own = random.pick(ETHNIC[sex])
  const tibetan = /^(卓玛|央金|扎西|多吉|次仁)/.test(own)
  return {
    full: tibetan ? `${own}${random.pick(['', '措', '拉姆'])}` : `${own}·${random.pick(FATHERS.filter((father) => father !== own))}`,
    surname: own,
    latin: 'tea',
  }
}

function givenName(random: Random, sex: Sex, birthYear: number): string {
  const pools = GIVEN[sex]
  if (random.chance(0.002)) return random.pick([...pools.rare])
  const decade = birthYear + random.between(-6, 6)
  const characters = [...(decade < 1970 ? pools.older : decade < 1992 ? pools.middle : pools.younger)]
  const first = random.pick(characters)
  if (random.chance(birthYear < 1975 || birthYear > 1995 ? 0.15 : 0.3)) return first
  return first + random.pick(random.chance(0.7) ? characters : [...pools.middle])
}
