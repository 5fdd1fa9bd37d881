import type { Calendar } from './calendar.ts'
import { channels } from './channels.ts'
import type { Day } from './days.ts'
import { clockTime, isoDay } from './days.ts'
import type { FileFormat, ManifestFile } from './file-format.ts'
import { openFormatted } from './file-format.ts'
import type { Membership } from './memberships.ts'
import type { Person } from './people.ts'
import { products } from './products.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import type { Segment } from './segments.ts'

interface ContactFacts {
  day: Day
  second: number
  serial: number
  person: Person
  record: Membership
  story: Story
  product: string
  staff: string
}

/** A kind of contact; ◇ in a text stands for a product. */
interface Story {
  medium: '电话' | '微信' | '上门拜访' | '到店' | '短信'
  direction: '客户来联系' | '我方联系'
  purpose: string
  content: readonly string[]
  result: readonly string[]
  nextStep: readonly (string | null)[]
}

const stories = {
  question: {
    medium: '微信',
    direction: '客户来联系',
    purpose: '咨询',
    content: ['问◇怎么冲泡,水温多少合适', '问◇还有没有货,能不能寄到外地', '问“◇”的保质期和存放方法,说家里比较潮', '问送长辈选◇合不合适'],
    result: ['已解答', '已发冲泡说明', '已推荐并发链接'],
    nextStep: [null, null, '三天后问是否下单'],
  },
  care: {
    medium: '电话',
    direction: '我方联系',
    purpose: '回访',
    content: ['回访◇的口感,客户说很满意', '回访◇,客户觉得偏淡,建议多投茶', '无人接听', '客户在忙,约晚上再打'],
    result: ['满意', '已记录口味', '未接通', '改约'],
    nextStep: [null, '下月新茶到店时通知', '明晚再拨'],
  },
  birthday: {
    medium: '短信',
    direction: '我方联系',
    purpose: '生日问候',
    content: ['发送生日祝福和八折券'],
    result: ['已送达'],
    nextStep: [null],
  },
  complaint: {
    medium: '电话',
    direction: '客户来联系',
    purpose: '投诉',
    content: [
      '◇罐子到货时压坏了,茶叶漏出来\n客户已拍照',
      '说◇和上次买的味道不一样,怀疑不是同一批',
      '快递晚了四天,耽误送礼',
      '门店结账时没有给会员价,要求退差价',
    ],
    result: ['已补发', '已退款', '已退差价并道歉', '已上报,等质检结果'],
    nextStep: ['三天内回访', '质检后答复', null],
  },
  visit: {
    medium: '上门拜访',
    direction: '我方联系',
    purpose: '拜访',
    content: ['拜访采购负责人,介绍◇和定制方案', '送节日样品◇,了解今年礼品预算', '对账并确认下一季用茶数量'],
    result: ['有意向', '需报价', '暂无需求', '已确认订单'],
    nextStep: ['周五前发报价单', '节前再访', null],
  },
  shop: {
    medium: '到店',
    direction: '客户来联系',
    purpose: '品鉴',
    content: ['带家人到店试喝◇,孩子喜欢茶点', '参加周末茶会,对◇感兴趣'],
    result: ['已购买', '留了联系方式'],
    nextStep: [null, '下次茶会邀请'],
  },
  winBack: {
    medium: '电话',
    direction: '我方联系',
    purpose: '挽回',
    content: ['很久没来,问原因:搬家后附近没有门店', '说最近改喝咖啡', '对上次售后不满意,已道歉并送◇试饮', '无人接听'],
    result: ['愿意再来', '暂不考虑', '未接通'],
    nextStep: ['寄试饮装', null, '一周后再拨'],
  },
} as const satisfies Record<string, Story>

type StoryName = keyof typeof stories

/** Mean number of contacts over the two years, by segment. */
const FREQUENCY: Record<Segment, Partial<Record<StoryName, number>>> = {
  regular: { question: 0.08, care: 0.04, complaint: 0.025, birthday: 0.03 },
  family: { question: 0.06, shop: 0.1, complaint: 0.025, birthday: 0.05 },
  gift: { question: 0.18, care: 0.06, complaint: 0.04 },
  occasional: { question: 0.04, complaint: 0.015 },
  vip: { question: 0.6, care: 1.4, birthday: 0.9, complaint: 0.1, shop: 0.4 },
  'lapsed-vip': { question: 0.4, care: 0.9, complaint: 0.3, winBack: 1.2 },
  company: { visit: 2.6, question: 0.5, complaint: 0.15 },
}

const STAFF = ['客服01', '客服02', '客服03', '客服05', '大客户部01', '大客户部02']

const format: FileFormat<ContactFacts> = {
  file: 'service-contacts.csv',
  importKind: 'contacts',
  channel: channels.service,
  locale: 'zh-CN',
  encoding: 'utf-8-bom',
  columns: [
    ['工单号', ({ day, serial }) => `FW${isoDay(day).replaceAll('-', '')}${String(serial).padStart(5, '0')}`],
    ['联系时间', ({ day, second }) => `${isoDay(day)} ${clockTime(second)}`],
    ['联系方式', ({ story }) => story.medium],
    ['联系方向', ({ story }) => story.direction],
    ['联系目的', ({ story }) => story.purpose],
    ['沟通内容', ({ story, product, serial }) => story.content[serial % story.content.length]?.replace('◇', product) ?? null],
    ['处理结果', ({ story, serial }) => story.result[serial % story.result.length] ?? null],
    ['下一步', ({ story, serial }) => story.nextStep[serial % story.nextStep.length] ?? null],
    ['客服人员', ({ staff }) => staff],
    ['客户姓名', ({ record }) => record.name],
    ['客户电话', ({ person }) => person.mobile],
    ['会员卡号', ({ record }) => (record.channel === 'till' ? record.memberNumber : null)],
  ],
}

/** Writes the contact history by time. A contact names the person's true mobile number, and the card of a till member. */
export function writeContacts(
  seed: number,
  folder: string,
  company: { people: readonly Person[]; memberships: readonly Membership[]; lastPurchase: readonly (Day | null)[] },
  calendar: Calendar,
): ManifestFile {
  const random = createRandom(seed, 'contacts')
  const reachable = company.memberships.filter((record) => record.phone !== null && record.guard === null && record.error === null)
  const oneEach = new Map(reachable.map((record) => [record.person, record]))
  const drawn = [...oneEach].flatMap(([index, record]) => {
    const person = company.people[index]
    return person ? contactsOf(random, person, record, company.lastPurchase[index] ?? null, calendar) : []
  })
  drawn.sort((a, b) => a.day - b.day || a.second - b.second)
  const file = openFormatted(folder, format)
  drawn.forEach((contact, index) => file.write({ ...contact, serial: index + 1 }))
  return file.close()
}

function contactsOf(random: Random, person: Person, record: Membership, lastPurchase: Day | null, calendar: Calendar): ContactFacts[] {
  return (Object.entries(FREQUENCY[person.segment]) as [StoryName, number][]).flatMap(([name, mean]) => {
    const from = name === 'winBack' && lastPurchase !== null ? Math.min(lastPurchase + 60, calendar.last) : record.joined
    return Array.from({ length: random.poisson(mean) }, () => ({
      day: random.between(from, calendar.last),
      second: random.between(9 * 3600, 20 * 3600),
      serial: 0,
      person,
      record,
      story: stories[name],
      product: random.pick(products).name,
      staff: random.pick(STAFF),
    }))
  })
}
