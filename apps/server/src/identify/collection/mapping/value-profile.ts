import { parseBirthDate } from '../../identity/normalise/birth-date.ts'
import { normaliseCreditCode } from '../../identity/normalise/credit-code.ts'
import { type DateColumn, detectDateFormat, isDateProblem, parseDate } from '../../identity/normalise/date-time.ts'
import { normaliseEmail } from '../../identity/normalise/email.ts'
import { normaliseIdNumber } from '../../identity/normalise/id-number.ts'
import { looksLikeOrganization, parseKind } from '../../identity/normalise/kind.ts'
import { parseAmount } from '../../identity/normalise/money.ts'
import { isMobile, normalisePhone } from '../../identity/normalise/phone.ts'
import { isCity, isProvince, parseRegion } from '../../identity/normalise/region.ts'
import { parseSex } from '../../identity/normalise/sex.ts'
import { cleanText } from '../../identity/normalise/text.ts'

/** What the sample values of a column look like. Shares are of the values that are not empty, in [0, 1]; a lone exception hardly counts. */
export interface ValueProfile {
  count: number
  distinct: number
  date: DateColumn | undefined
  /** Median year of the dates. */
  year: number
  number: number
  integer: number
  decimals: number
  zero: number
  median: number
  /** But for one. */
  largest: number
  length: number
  /** Letters and digits in one word, with a digit: A-1001, 20260103001. */
  code: number
  /** Row by row; NaN where there is none. */
  numbers: readonly number[]
  is: Record<Recognised, number>
}

export const recognised = [
  'phone',
  'mobile',
  'email',
  'idNumber',
  'creditCode',
  'sex',
  'lunar',
  'person',
  'organization',
  'province',
  'city',
  'district',
  'street',
  'fullAddress',
  'country',
  'currency',
  'level',
  'payment',
  'medium',
  'direction',
  'status',
  'job',
  'industry',
  'kind',
  'shop',
  'reason',
  'openid',
  'list',
  'unit',
  'han',
] as const
export type Recognised = (typeof recognised)[number]

const surnames = new Set(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧司诸上单仇区解查阿',
)

const vocabulary = (words: string) => new Set(words.split('|'))
const countries = vocabulary(
  'china|中国|united kingdom|uk|usa|us|united states|france|germany|spain|italy|eire|ireland|netherlands|belgium|portugal|japan|日本|美国|英国|法国|德国|韩国|australia|canada|switzerland|norway|sweden|denmark|finland|poland|austria|singapore|新加坡|中国大陆|cn|hong kong|brazil|india|greece|cyprus|malaysia|加拿大|澳大利亚|俄罗斯|russia|thailand|泰国',
)
const levels =
  /^(?:(?:普通|黄金|白金|铂金|钻石|黑金|银|金|铜|白银|至尊|贵宾|尊享|vip|svip|初级|中级|高级|一级|二级|三级|青铜|体验|星耀)(?:会员|卡|用户|客户|级)?\d?|v[ip]*\s?\d|gold|silver|platinum|bronze|diamond|basic|regular|standard|premium|[一二三四五]星(?:会员)?|lv\.?\d)$/i
const paymentWords =
  /^(?:微信(?:支付)?|支付宝|现金|银行卡|信用卡|刷卡|云闪付|储值卡?|余额|花呗|数字人民币|转账|银行转账|货到付款|对公转账|cash|card|credit card|debit card|alipay|wechat(?: pay)?|paypal|bank transfer|apple pay|check|cheque|voucher|gift card|pos)$/i
const mediumWords =
  /^(?:电话|微信|企业微信|短信|邮件|电子邮件|上门|拜访|到店|面谈|qq|客服|在线客服|phone|call|e-?mail|sms|wechat|visit|meeting|chat|letter|online|store visit)$/i
const directionWords =
  /^(?:呼入|呼出|来电|去电|主动|被动|来访|外出|inbound|outbound|in|out|incoming|outgoing|客户(?:发起|主动|来联系)|我方(?:发起|主动|联系))$/i
const statusWords =
  /^(?:已完成|完成|已付款|待付款|未付款|已发货|待发货|已取消|取消|已关闭|关闭|已退款|退款中|交易成功|交易关闭|已签收|处理中|completed?|paid|pending|shipped|cancell?ed|closed|refunded|delivered|processing|returned|unpaid|open)$/i
const jobWords =
  /(?:经理|总监|主管|工程师|教师|医生|护士|员工|职员|总裁|董事|主任|会计|店长|顾问|助理|设计师|律师|采购|销售|manager|engineer|director|teacher|officer|assistant|clerk|analyst|nurse|doctor|ceo|cto|cfo|president|consultant|designer|accountant|buyer)$/i
const industryWords =
  /^(?:制造业?|零售业?|餐饮业?|教育(?:培训)?|金融业?|医疗(?:卫生|健康)?|房地产|互联网|建筑业?|物流|纺织业?|食品|酒店|旅游|农业|能源|化工|电子|服务业|批发(?:零售)?|信息技术|传媒|汽车|manufacturing|retail|education|finance|healthcare|technology|construction|hospitality|logistics|agriculture|energy|real estate|food|media|it|banking|insurance|textiles?)$/i
const reasonWords =
  /(?:质量|不喜欢|尺码|尺寸|发错|错发|破损|损坏|无理由|不合适|少件|漏发|描述不符|过期|拍错|买错|色差|wrong|damaged|defective|size|not as described|changed mind|faulty|too small|too large|late|broken|unwanted|quality)/i
const unitWords =
  /^(?:件|个|盒|瓶|袋|箱|包|支|双|套|条|只|台|把|公斤|千克|斤|克|升|罐|张|本|kg|g|pcs?|box|bottle|bag|pair|set|each|ea|pack|l|ml)$/i
const currencyWords = /^(?:CNY|RMB|USD|EUR|GBP|JPY|HKD|人民币|美元|欧元|港币|日元|英镑|AUD|CAD|SGD|TWD)$/i

function personName(text: string): boolean {
  if (/^\p{Script=Han}{2,4}$/u.test(text))
    return surnames.has(text.charAt(0)) && !isProvince(text) && !isCity(text) && !paymentWords.test(text) && !jobWords.test(text)
  return /^\p{Script=Han}{2,8}·\p{Script=Han}{2,8}$/u.test(text) || /^[A-Z][a-z'-]{1,15}(?: [A-Z]\.?)? [A-Z][a-zA-Z'-]{1,18}$/.test(text)
}

const place = (text: string) => /\p{Script=Han}/u.test(text) && text.length >= 6

const tests: Record<Recognised, (text: string) => boolean> = {
  phone: (text) => normalisePhone(text) !== undefined,
  mobile: (text) => isMobile(normalisePhone(text) ?? ''),
  email: (text) => normaliseEmail(text) !== undefined,
  idNumber: (text) => normaliseIdNumber(text) !== undefined,
  creditCode: (text) => normaliseCreditCode(text) !== undefined,
  sex: (text) => !/^[\d-]$/.test(text) && parseSex(text) !== undefined,
  lunar: (text) => parseBirthDate(text)?.calendar === 'lunar',
  person: personName,
  organization: looksLikeOrganization,
  province: isProvince,
  city: isCity,
  district: (text) => /^\p{Script=Han}{1,8}[区县旗]$/u.test(text) && !/[路街号]/.test(text) && !isProvince(text),
  street: (text) =>
    /(?:[路街道巷弄里村镇]\S*\d|\d+\s*[号幢栋弄室楼]|\b\d{1,5}\s+[A-Z]\w+.*\b(?:st|street|rd|road|ave|avenue|lane|drive|dr|blvd|way)\b)/i.test(
      text,
    ),
  fullAddress: (text) =>
    place(text) &&
    !looksLikeOrganization(text) &&
    ((region) => region.city !== undefined && region.address !== undefined && /[路街道巷弄镇乡村号]/.test(region.address))(
      parseRegion(text),
    ),
  country: (text) => countries.has(text.toLowerCase()),
  currency: (text) => currencyWords.test(text),
  level: (text) => levels.test(text),
  payment: (text) => paymentWords.test(text),
  medium: (text) => mediumWords.test(text),
  direction: (text) => directionWords.test(text),
  status: (text) => statusWords.test(text),
  job: (text) => jobWords.test(text) && text.length <= 30,
  industry: (text) => industryWords.test(text),
  kind: (text) => text.length > 1 && parseKind(text) !== undefined && text !== '会员',
  shop: (text) => /(?:店|门店|专柜|广场|商城|旗舰店|小程序|store|shop|outlet|branch|mall)$/i.test(text) && text.length <= 20,
  reason: (text) => reasonWords.test(text),
  openid: (text) => /^o[A-Za-z0-9_-]{27}$/.test(text),
  list: (text) => /^[^\d:]{1,20}(?:[;；、|,，/][^\d:]{1,20})+$/.test(text),
  unit: (text) => unitWords.test(text),
  han: (text) => /\p{Script=Han}/u.test(text),
}

/** Looks at up to 60 values of a column; more do not change the picture. But one day over 12, wherever it stands, tells how dates are written. */
export function profileValues(samples: readonly string[]): ValueProfile {
  const all = samples.map((value) => cleanText(value)).filter((value) => value !== '' && !/^(?:null|n\/?a|nan|-+|无|\\n)$/i.test(value))
  const values = all.slice(0, 60)
  const count = values.length
  const share = (test: (text: string) => boolean) => shareOf(values.filter(test).length, count)
  const numbers = values.map((value) => amountOf(value)).filter((value) => value !== undefined)
  const sizes = numbers.map(Math.abs).sort((a, b) => a - b)
  const date = count === 0 ? undefined : detectDateFormat(all)
  const years = date
    ? values
        .map((value) => yearOf(value, date))
        .filter((year) => year > 0)
        .sort((a, b) => a - b)
    : []
  return {
    count,
    distinct: new Set(values).size / Math.max(1, count),
    date,
    year: years[Math.floor(years.length / 2)] ?? 0,
    number: shareOf(numbers.length, count),
    integer: share((text) => /^-?\d{1,15}(?:\.0+)?$/.test(text)),
    decimals: share((text) => /^[^\d]{0,4}[\d,]+\.\d{1,4}\D{0,4}$/.test(text)),
    zero: numbers.filter((value) => value === 0).length / Math.max(1, count),
    median: sizes[Math.floor(sizes.length / 2)] ?? 0,
    largest: sizes.at(sizes.length > 2 ? -2 : -1) ?? 0,
    length: values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, count),
    code: share((text) => /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{1,40}$/.test(text) && !/^\d+\.\d+$/.test(text)),
    numbers: samples.slice(0, 60).map((value) => amountOf(cleanText(value)) ?? Number.NaN),
    is: Object.fromEntries(recognised.map((name) => [name, share(tests[name])])) as Record<Recognised, number>,
  }
}

/** One bad cell among good ones says nothing about the column: it counts a quarter, or a few rows would hide what all the others say. */
const shareOf = (hits: number, count: number): number =>
  count === 0 ? 0 : count >= 3 && hits === count - 1 ? 1 - 0.25 / count : hits / count

function amountOf(text: string): number | undefined {
  if (text.length > 24 || !/\d/.test(text)) return undefined
  const money = parseAmount(text)
  return typeof money === 'string' ? undefined : money.value / 100
}

function yearOf(text: string, date: DateColumn): number {
  const day = parseDate(text, { format: date.format })
  return day === undefined || isDateProblem(day) ? 0 : Number(day.slice(0, 4))
}
