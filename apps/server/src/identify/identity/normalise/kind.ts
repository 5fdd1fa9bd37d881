import type { CustomerKind } from '@zhike/contract/identify/profile-fields.ts'
import { cleanText } from './text.ts'

const words = new Map(
  Object.entries<CustomerKind>({
    个人: 'person',
    个人客户: 'person',
    自然人: 'person',
    消费者: 'person',
    散客: 'person',
    会员: 'person',
    个体: 'person',
    person: 'person',
    individual: 'person',
    personal: 'person',
    consumer: 'person',
    b2c: 'person',
    p: 'person',
    private: 'person',
    企业: 'organization',
    企业客户: 'organization',
    公司: 'organization',
    单位: 'organization',
    法人: 'organization',
    组织: 'organization',
    机构: 'organization',
    团体: 'organization',
    团购: 'organization',
    商家: 'organization',
    organization: 'organization',
    organisation: 'organization',
    company: 'organization',
    business: 'organization',
    enterprise: 'organization',
    corporate: 'organization',
    b2b: 'organization',
    o: 'organization',
    org: 'organization',
  }),
)

/** What a cell says about whom it describes, or undefined when it is not understood. */
export const parseKind = (raw: string): CustomerKind | undefined => words.get(cleanText(raw).toLowerCase())

const hanEnding =
  /(?:公司|集团|股份|工厂|厂|店|商行|商城|商场|商铺|超市|市场|酒店|宾馆|旅馆|饭店|饭庄|餐厅|酒家|酒楼|茶馆|茶楼|咖啡馆|书院|学校|大学|学院|中学|小学|幼儿园|医院|诊所|药房|银行|支行|分行|信用社|合作社|事务所|研究所|研究院|设计院|工作室|俱乐部|协会|学会|商会|基金会|委员会|居委会|村委会|中心|办事处|管理局|局|部门|政府|法院|检察院|出版社|杂志社|报社|电视台|经营部|门市部|批发部|服务部|食堂|农场|牧场|基地|物业|传媒|科技|网络|贸易|实业|工会|支队|大队|派出所|养老院|敬老院|福利院|博物馆|图书馆|美术馆|体育馆|健身房|美容院|理发店|花店|面馆|食府|小吃部|便利店|旅行社|航空|保险|证券)$/
const hanInside = /有限公司|股份公司|有限责任|（集团）|\(集团\)|分公司|子公司|事业部|合伙企业/
const latinEnding =
  /\b(?:inc|ltd|llc|llp|plc|corp|co|gmbh|ag|s\.?a|s\.?r\.?l|b\.?v|pty|limited|corporation|company|group|holdings?|bank|university|school|hospital|hotel|institute|foundation|association|college|studio|partners|enterprises?|industries|trading|technolog(?:y|ies))\b\.?\)?$/i

/** Whether a name is that of a company or another organization (…有限公司, …茶馆, … Ltd.) rather than of a person. */
export function looksLikeOrganization(rawName: string): boolean {
  const name = cleanText(rawName)
  if (name.length < 4 && !/公司|集团|银行|医院|学校|超市/.test(name)) return false
  return hanInside.test(name) || hanEnding.test(name.replace(/[（(][^）)]*[）)]$/, '')) || latinEnding.test(name)
}
