import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'

/** A repeatable source of chance (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Chance = () => number
const pick = <T>(from: readonly T[], chance: Chance): T => from[Math.floor(chance() * from.length)] as T
const digits = (size: number, chance: Chance) => Array.from({ length: size }, () => Math.floor(chance() * 10)).join('')
const between = (low: number, high: number, chance: Chance) => low + Math.floor(chance() * (high - low + 1))
const two = (value: number) => String(value).padStart(2, '0')
const day = (from: number, to: number, chance: Chance) =>
  `${between(from, to, chance)}-${two(between(1, 12, chance))}-${two(between(1, 28, chance))}`
const time = (chance: Chance) => `${two(between(8, 21, chance))}:${two(between(0, 59, chance))}:${two(between(0, 59, chance))}`
const cents = (most: number, chance: Chance) => (chance() * most + 3).toFixed(2)

const family = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静怡',
  '丽',
  '强',
  '磊',
  '洋',
  '勇',
  '艳红',
  '杰',
  '涛',
  '建国',
  '明',
  '超',
  '秀英',
  '霞',
  '平',
  '桂兰',
  '子轩',
  '梓涵',
]

const values: Record<string, (chance: Chance, row: number) => string> = {
  personName: (c) => pick(family, c) + pick(given, c),
  sex: (c) => pick(['男', '女'], c),
  birth: (c) => day(1955, 2003, c),
  recentDay: (c) => day(2018, 2025, c),
  moment: (c) => `${day(2022, 2025, c)} ${time(c)}`,
  phone: (c) => `1${pick(['38', '59', '86', '77', '35'], c)}${digits(8, c)}`,
  email: (c) => `${pick(['li', 'wang', 'zhao', 'sun', 'amy'], c)}${digits(4, c)}@${pick(['qq.com', '163.com', 'example.com'], c)}`,
  memberNumber: (_, row) => `VIP${String(200_100 + row * 7)}`,
  customerId: (_, row) => String(50_010 + row * 3),
  province: (c) => pick(['浙江省', '江苏省', '上海市', '广东省', '四川'], c),
  city: (c) => pick(['杭州市', '苏州市', '宁波', '成都市', '深圳市'], c),
  district: (c) => pick(['西湖区', '余杭区', '姑苏区', '海曙区', '武侯区'], c),
  street: (c) => `${pick(['文三路', '人民东路', '解放大街', '延安路'], c)}${between(1, 300, c)}号${between(1, 9, c)}幢`,
  fullAddress: (c) =>
    `${pick(['浙江省杭州市西湖区', '江苏省苏州市姑苏区', '四川省成都市武侯区'], c)}${pick(['文三路', '人民路'], c)}${between(1, 300, c)}号`,
  employer: (c) => `${pick(['苏州云锦', '杭州西子', '宁波海达', '成都天府'], c)}${pick(['纺织', '电子', '贸易'], c)}有限公司`,
  job: (c) => pick(['经理', '工程师', '教师', '会计', '店长', '设计师'], c),
  level: (c) => pick(['金卡', '银卡', '普通会员', '钻石会员'], c),
  tags: (c) => pick(['老客;爱茶', '新客;团购;价格敏感', '团购;企业', '爱茶;送礼'], c),
  note: (c) =>
    pick(['喜欢安静的座位，常带孩子来', '下次来电提醒春茶上市', '对价格比较敏感，等活动', '生日当天送过蛋糕一个', '投诉过一次送货太慢'], c),
  orderNumber: (_, row) => `SO2025${String(100_000 + Math.floor(row / 2) * 13)}`,
  ownOrderNumber: (_, row) => `SO2025${String(100_000 + row * 13)}`,
  sku: (c) => `T${between(100, 160, c)}-${between(1, 4, c)}`,
  ownSku: (_, row) => `T${100 + row}-${1 + (row % 4)}`,
  product: (c) =>
    pick(['明前龙井 250 克', '正山小种礼盒', '陈皮白茶饼', '茉莉花茶袋泡', '紫砂壶 200 毫升', '竹制茶盘', '白瓷盖碗', '老班章普洱'], c),
  ownProduct: (c, row) => `${pick(['明前龙井', '正山小种', '陈皮白茶', '茉莉花茶'], c)} ${row + 100} 克`,
  category: (c) => pick(['绿茶', '红茶', '白茶', '茶具'], c),
  brand: (c) => pick(['云栖', '八马', '大益', '竹叶青'], c),
  unit: (c) => pick(['盒', '罐', '件', '套'], c),
  lineNumber: (_, row) => String(1 + (row % 2)),
  quantity: (c) => String(pick([1, 1, 2, 2, 3, 4, 6, 10], c)),
  money: (c) => cents(900, c),
  discount: (c) => (c() < 0.6 ? '0.00' : cents(30, c)),
  currency: (c) => pick(['CNY', 'CNY', 'USD'], c),
  shop: (c) => pick(['西湖店', '湖滨店', '观前街店', '天府广场店'], c),
  status: (c) => pick(['已完成', '已付款', '已取消', '已发货'], c),
  payment: (c) => pick(['微信', '支付宝', '现金', '银行卡'], c),
  country: (c) => pick(['China', 'France', 'United Kingdom', 'Japan'], c),
  reference: (_, row) => `4200${String(9_000_000 + row * 37)}`,
  reason: (c) => pick(['包装破损', '不喜欢', '尺寸不合适', '发错货'], c),
  medium: (c) => pick(['电话', '微信', '短信', '到店'], c),
  direction: (c) => pick(['呼入', '呼出'], c),
  result: (c) => pick(['已接通', '无人接听', '占线', '空号'], c),
  next: (c) => pick(['周五再联系', '寄样品', '等客户回复', '上门拜访'], c),
  staff: (c) => pick(['林晓', '陈默', '王蕾', '周扬'], c),
  purpose: (c) => pick(['回访', '催款', '邀约', '节日问候'], c),
}

interface FieldCase {
  field: string
  value: keyof typeof values
  /** Headings as people write them: written down apart from the table that the mapping knows. */
  headings: string
  /** The values alone tell the field, so the heading may say nothing. */
  plain?: true
}

const f = (field: string, value: string, headings: string, plain?: true): FieldCase => ({
  field,
  value,
  headings,
  ...(plain ? { plain } : {}),
})

const buyer = [
  f(
    'customerPhone',
    'phone',
    '收货手机|买家电话|下单手机号|buyer_mobile|CustPhone|顾客联系电话|contactMobile|收件人电话号码|会员手机号码|客户电话',
    true,
  ),
  f('customerName', 'personName', '收货人姓名|买家姓名|会员名称|buyerFullName|顾客姓名|购货人|customer_full_name|CustName'),
]

export const tables: Record<ImportKind, FieldCase[]> = {
  customers: [
    f('name', 'personName', '会员名|客户名字|顾客姓名|cust_name|memberName|xing ming|客户全名|FullName|联系人姓名全称|客戶姓名', true),
    f('sex', 'sex', '性 别|会员性别|cust_sex|Gender(M/F)|客户性别|xingbie|性別', true),
    f('birthDate', 'birth', '出生年月日期|会员生日|BirthDay|birth_dt|生 日|客户生日|DateOfBirth|shengri|阳历生日', true),
    f('phone', 'phone', '手机号（必填）|联系人电话|MobilePhone|cell_phone|会员手机|移动手机|tel_no|phoneNum|电话1|shoujihao', true),
    f('email', 'email', 'E-Mail地址|电邮|mail_addr|EmailAddr|常用邮箱|客户邮箱|e_mail|邮箱账号', true),
    f('memberNumber', 'memberNumber', '会员卡编号|VIP编号|memberCardNo|卡号码|loyalty_card_no|会员卡号码|card_num'),
    f('externalId', 'customerId', '客户ID号|客户唯一编号|cust_no|CustomerNum|customerKey|会员ID|user_no|客户编码号'),
    f('province', 'province', '省 份|所在省份|prov_name|省区|居住省份', true),
    f('city', 'city', '城 市|居住城市|city_name|所属市|CityName', true),
    f('district', 'district', '区/县|所在区县|所属区|district_name', true),
    f('address', 'street', '街道门牌|详细住址|addr_detail|streetAddr|家庭地址|StreetAddress1'),
    f('fullAddress', 'fullAddress', '省市区详细|完整住址|全部地址', true),
    f('employer', 'employer', '单位名字|工作公司|companyName|所在公司|任职单位'),
    f('jobTitle', 'job', '职位名称|岗位名称|JobTitle|job_position|担任职务', true),
    f('memberLevel', 'level', '会员卡级别|会员星级|memberGrade|VIP级别|vip_lvl|卡等级', true),
    f('registeredOn', 'recentDay', '入会日|注册日|registerDate|reg_date|建卡日期|joinDate|开户日期'),
    f('tags', 'tags', '客户标签组|TagList|标签列表|会员标签'),
    f('note', 'note', '备注信息|备注说明|客户说明|remark_text|补充说明|NOTES'),
  ],
  products: [
    f('code', 'ownSku', '商品货号|SKU码|prodCode|item_no|物料号|产品型号编码|商品SKU', true),
    f('name', 'ownProduct', '商品全称|货品名|prodName|item_title|产品全名|品名规格', true),
    f('category', 'category', '商品类目|产品分类|cate_name|所属类别|商品大类'),
    f('brand', 'brand', '品牌名称|brandName|所属品牌|品牌名'),
    f('price', 'money', '零售单价|销售单价|retailPrice|sell_price|门店售价|标准售价'),
    f('cost', 'money', '采购成本|成本单价|costPrice|进货单价|采购单价'),
    f('unit', 'unit', '基本单位|计价单位|unit_name|包装单位', true),
  ],
  orders: [
    f('number', 'ownOrderNumber', '订单流水号|order_sn|销售单编号|OrderNum|交易订单号|订单编码号|小票编号', true),
    f('placedAt', 'moment', '订单创建时间|下单日|orderTime|trade_time|成交日|order_dt|消费日|OrderDateTime|购货日期', true),
    f('amount', 'money', '订单实付|应收金额|payAmount|order_amt|消费总额|总计金额|实收款|成交总额|totalAmt', true),
    f('discount', 'discount', '折扣额|优惠额|discount_amt|优惠减免|couponAmount'),
    f('quantity', 'quantity', '商品总数|总件数|itemCount|数量合计|total_qty', true),
    f('shop', 'shop', '门店名|所属店铺|store_nm|消费门店|ShopName|购买门店', true),
    f('status', 'status', '订单当前状态|orderStatus|交易状况|单据当前状态', true),
    f('paymentMeans', 'payment', '付款渠道|payMethod|支付途径|结账方式|payment_way', true),
    ...buyer,
    f('customerExternalId', 'customerId', '会员ID号|买家ID|cust_id|customerNo|客户编号ID|UserID'),
  ],
  'order-lines': [
    f('orderNumber', 'orderNumber', '所属订单号|order_sn|订单流水号|OrderNo|销售单编号|invoice_num', true),
    f('placedAt', 'moment', '订单创建时间|sale_time|下单日|orderTime|销售时刻|InvoiceDt', true),
    f('lineNumber', 'lineNumber', '订单行序号|orderLineNum|单据行号|line_nbr|OrderLineNo'),
    f('productCode', 'sku', '商品货号|SKU码|prodCode|goods_sn|物料号|item_sku'),
    f('productName', 'product', '商品全称|货品名|goodsName|item_title|宝贝名称|产品全名'),
    f('category', 'category', '商品类目|产品分类|cate_name|所属类别'),
    f('quantity', 'quantity', '购买件数|销售件数|buyNum|qty_sold|商品数|Qty.', true),
    f('unitPrice', 'money', '商品售价|实际单价|unit_price_cny|成交价格|itemPrice'),
    f('shop', 'shop', '门店名|所属店铺|store_nm|ShopName', true),
    ...buyer,
    f('country', 'country', '国家名称|country_name|收货国家', true),
  ],
  payments: [
    f('orderNumber', 'orderNumber', '对应订单号|order_sn|所属订单编号|OrderNo|关联单号'),
    f('paidAt', 'moment', '付款完成时间|payTime|支付完成时间|paid_time|到帐时间|收款日', true),
    f('amount', 'money', '实际付款金额|payAmt|支付额|paid_amt|收款额|PaymentAmt', true),
    f('means', 'payment', '付款渠道|payWay|支付途径|pay_channel|结算方法', true),
    f('reference', 'reference', '第三方流水号|支付交易号|payment_sn|交易凭证号|tradeNo'),
  ],
  returns: [
    f('orderNumber', 'orderNumber', '原始订单号|order_sn|退货订单号|OrderNo|所属订单编号'),
    f('returnedAt', 'moment', '退货完成时间|refundTime|退款完成时间|return_dt|退货日', true),
    f('quantity', 'quantity', '退货数|退回件数|returnQty|refund_qty|退货件数合计', true),
    f('amount', 'money', '退款额|实际退款金额|refundAmt|return_amt|退货款', true),
    f('reason', 'reason', '退货理由|退款说明原因|refundReason|退货原因说明|return_reason_text', true),
    f('reference', 'reference', '退货单编号|refund_sn|售后单编号|退款编号'),
  ],
  contacts: [
    f('happenedAt', 'moment', '跟进日|沟通时刻|callTime|contact_dt|通话开始时间|联络时间|拜访日', true),
    f('medium', 'medium', '跟进渠道|联络方式|contactMethod|沟通途径|comm_channel', true),
    f('direction', 'direction', '呼叫类型方向|callDirection|通话方向|来去电', true),
    f('purpose', 'purpose', '联系事由|拜访目的|沟通主题|call_purpose'),
    f('content', 'note', '沟通详情|跟进详情|联络内容|call_notes|谈话内容|ContactNotes'),
    f('result', 'result', '跟进结论|联络结果|callResult|沟通结论'),
    f('nextStep', 'next', '下一步动作|后续安排|nextAction|下步安排'),
    f('staff', 'staff', '跟进人员|客服人员|agentName|销售人员|负责员工'),
    f('customerPhone', 'phone', '客户联系电话|对方电话|customerMobile|客户手机号码|来电电话', true),
  ],
}

const meaningless = (chance: Chance, column: number) =>
  pick(
    [
      `col_${column + 1}`,
      `F${column + 1}`,
      `备注${column + 2}`,
      `Unnamed: ${column}`,
      `字段${column + 1}`,
      `Column${column + 1}`,
      `扩展字段${column + 1}`,
      `x${column}`,
    ],
    chance,
  )

/** One slip of the hand: a letter left out, doubled, swapped with its neighbour or replaced. */
export function misspell(text: string, chance: Chance): string {
  const letters = [...text]
  if (letters.length < (/\p{Script=Han}/u.test(text) ? 4 : 5)) return text
  const at = between(1, letters.length - 2, chance)
  const [a, b] = [letters[at] as string, letters[at + 1] as string]
  switch (between(0, 3, chance)) {
    case 0:
      letters.splice(at, 1)
      break
    case 1:
      letters.splice(at, 0, a)
      break
    case 2:
      letters.splice(at, 2, b, a)
      break
    default:
      letters[at] = /[a-z]/i.test(a) ? pick([...'aeiourst'], chance) : pick([...'的号名日'], chance)
  }
  return letters.join('')
}

export interface HeaderCase {
  kind: ImportKind
  headers: string[]
  fields: string[]
  ways: ('unseen' | 'misspelt' | 'meaningless')[]
  samples: string[][]
}

/**
 * A made-up file: some columns of a kind with 40 rows. The required columns are always there; of their headings a part is misspelt, and a part says nothing where the values
 * speak for themselves. `known` tells headings that the mapping has in its table, which are passed over.
 */
export function headerCase(
  kind: ImportKind,
  seed: number,
  required: ReadonlySet<string>,
  known: (field: string, heading: string) => boolean,
): HeaderCase {
  const chance = seeded(seed)
  const identifying = kind === 'order-lines' ? 'productCode' : kind === 'products' ? 'name' : ''
  const chosen = tables[kind].filter(({ field }) => required.has(field) || field === identifying || chance() < 0.7)
  // an address is either whole or in parts
  const columns = chosen.filter(
    ({ field }) => field !== 'fullAddress' || !chosen.some((other) => other.field === 'address' || other.field === 'city'),
  )
  const ways: HeaderCase['ways'] = []
  const headers = columns.map(({ field, headings, plain }, column) => {
    const unseen = headings.split('|').filter((heading) => !known(field, heading))
    const heading = pick(unseen, chance)
    const dice = chance()
    if (plain && dice < 0.12) {
      ways.push('meaningless')
      return meaningless(chance, column)
    }
    const misspelt = dice > 0.82 ? misspell(heading, chance) : heading
    ways.push(misspelt === heading ? 'unseen' : 'misspelt')
    return misspelt
  })
  const samples = Array.from({ length: 40 }, (_, row) =>
    columns.map(({ value }) => (chance() < 0.05 ? '' : (values[value] as (chance: Chance, row: number) => string)(chance, row))),
  )
  return { kind, headers, fields: columns.map(({ field }) => field), ways, samples }
}
