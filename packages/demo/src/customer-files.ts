import { birthdayInWords, birthdayText } from './birthdays.ts'
import type { SalesChannel } from './channels.ts'
import { channels } from './channels.ts'
import { isoDay } from './days.ts'
import type { FileFormat } from './file-format.ts'
import { yuan } from './file-format.ts'
import type { Membership } from './memberships.ts'
import type { Person } from './people.ts'
import { spellPhone } from './phones.ts'
import type { Product } from './products.ts'
import { BRAND } from './products.ts'
import type { Random } from './random.ts'

/** A record with the person behind it; `random` is for spellings only. */
export interface CustomerFacts {
  record: Membership
  person: Person
  random: Random
}

/** Stands in every customer's tags: nobody is to take these people for real ones. */
export const MARK = '演示数据'

const chinese = { importKind: 'customers', locale: 'zh-CN' } as const
const slashed = (day: number) => isoDay(day).replaceAll('-', '/')
const street = ({ home }: Person) => home.street
const levelOf = ({ habit }: Person) => (habit.meanSpend > 80_000 ? '金卡' : habit.meanSpend > 30_000 ? '银卡' : '普通卡')
const fullAddress = ({ home }: Person) =>
  `${home.city.province === home.city.name ? '' : home.city.province}${home.city.name}${home.district}${home.street}`
/** In one record of seven the shop assistant did not ask. */
const known = (random: Random, text: string) => (random.chance(0.86) ? text : null)
const TASTES = ['爱喝龙井', '偏好浓香乌龙', '只买白茶', '喜欢花草茶', '常买茶点送邻居', '爱收藏茶具', '低咖啡因', '喝普洱']

const till: FileFormat<CustomerFacts> = {
  ...chinese,
  file: 'till-members.csv',
  channel: channels.till,
  encoding: 'gb18030',
  columns: [
    ['会员ID', ({ record }) => record.externalId],
    ['会员卡号', ({ record }) => record.memberNumber],
    ['会员姓名', ({ record }) => record.name],
    ['性别', ({ person }) => (person.sex === 'female' ? '女' : '男')],
    ['手机号码', ({ record, random }) => record.phone && spellPhone(random, record.phone, 0.02)],
    ['出生日期', ({ record }) => birthdayInWords(record.birthday)],
    ['联系地址', ({ person, random }) => known(random, fullAddress(person))],
    ['会员等级', ({ person }) => levelOf(person)],
    ['入会日期', ({ record }) => slashed(record.joined)],
    ['口味偏好', ({ random }) => (random.chance(0.12) ? random.pick(TASTES) : null)],
    ['标签', () => MARK],
  ],
}

const web: FileFormat<CustomerFacts> = {
  importKind: 'customers',
  locale: 'en',
  file: 'web-customers.csv',
  channel: channels.web,
  encoding: 'utf-8-bom',
  columns: [
    ['Customer ID', ({ record }) => record.externalId],
    ['Customer Type', ({ person }) => person.kind],
    ['Full Name', ({ record, person }) => (person.kind === 'organization' ? record.name.replace('有限公司', '有限责任公司') : record.name)],
    ['Gender', ({ person }) => person.sex],
    ['Email', ({ person }) => person.email],
    ['Mobile', ({ record, random }) => record.phone && spellPhone(random, record.phone, 0.3)],
    ['Date of Birth', ({ record }) => birthdayText(record.birthday)],
    ['Country', () => 'China'],
    ['Province', ({ person }) => person.home.city.province],
    ['City', ({ person }) => person.home.city.name],
    ['District', ({ person }) => person.home.district],
    ['Street Address', ({ person }) => street(person)],
    ['Unified Social Credit Code', ({ person }) => person.creditCode],
    ['Member Number', ({ record }) => record.memberNumber],
    ['WeChat UnionID', ({ record }) => record.unionid],
    ['Registered On', ({ record }) => isoDay(record.joined)],
    ['Tags', () => MARK],
  ],
}

const mini: FileFormat<CustomerFacts> = {
  ...chinese,
  file: 'mini-program-users.csv',
  channel: channels.mini,
  encoding: 'utf-8',
  columns: [
    ['用户ID', ({ record }) => record.externalId],
    ['openid', ({ record }) => record.unionid?.replace('oDEMO', 'oMINI') ?? null],
    ['unionid', ({ record }) => record.unionid],
    ['姓名', ({ record }) => record.name],
    ['性别', ({ person, random }) => known(random, person.sex === 'female' ? '女' : '男')],
    ['手机号', ({ record, random }) => record.phone && spellPhone(random, record.phone, 0.01)],
    ['生日', ({ record }) => birthdayText(record.birthday)],
    ['省', ({ person }) => person.home.city.province],
    ['市', ({ person }) => person.home.city.name],
    ['区', ({ person }) => person.home.district],
    ['详细地址', ({ person, random }) => known(random, street(person))],
    ['绑定会员卡', ({ record }) => record.memberNumber],
    ['注册时间', ({ record }) => isoDay(record.joined)],
    ['标签', () => MARK],
  ],
}

const office: FileFormat<CustomerFacts> = {
  ...chinese,
  file: 'company-customers.csv',
  channel: channels.office,
  encoding: 'utf-8-bom',
  delimiter: ';',
  columns: [
    ['客户编号', ({ record }) => record.externalId],
    ['客户类型', () => '企业'],
    ['企业名称', ({ record }) => record.name],
    ['统一社会信用代码', ({ person }) => person.creditCode],
    ['所属行业', ({ person }) => person.industry],
    ['联系人', ({ person }) => person.contactName],
    ['联系电话', ({ record, random }) => record.phone && spellPhone(random, record.phone, 0.02)],
    ['电子邮箱', ({ person }) => person.email],
    ['省份', ({ person }) => person.home.city.province],
    ['城市', ({ person }) => person.home.city.name],
    ['区县', ({ person }) => person.home.district],
    ['地址', ({ person }) => street(person)],
    ['建档日期', ({ record }) => isoDay(record.joined)],
    ['标签', () => `${MARK},企业采购`],
  ],
}

export const customerFiles: Record<SalesChannel, FileFormat<CustomerFacts>> = { till, web, mini, office }

export const productFile: FileFormat<Product> = {
  file: 'products.csv',
  importKind: 'products',
  channel: channels.office,
  locale: 'zh-CN',
  encoding: 'utf-8-bom',
  columns: [
    ['商品编码', (product) => product.code],
    ['商品名称', (product) => product.name],
    ['商品分类', (product) => product.category],
    ['品牌', () => BRAND],
    ['零售价', (product) => yuan(product.price)],
    ['成本价', (product) => yuan(product.cost)],
    ['单位', (product) => product.unit],
  ],
}
