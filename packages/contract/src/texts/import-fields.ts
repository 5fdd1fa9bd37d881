import type { ImportKind, importKinds } from '../identify/import-kinds.ts'

export interface ImportFieldLabel {
  zh: string
  en: string
  /** A value as it may stand in the file; shown in the template. */
  example?: string
}

const label = (zh: string, en: string, example?: string): ImportFieldLabel => (example === undefined ? { zh, en } : { zh, en, example })

const customerReference = {
  customerExternalId: label('客户编号', 'Customer ID', '10086'),
  customerPhone: label('客户手机', 'Customer phone', '13812346721'),
  customerEmail: label('客户邮箱', 'Customer e-mail', 'zhang@example.com'),
  customerMemberNumber: label('会员卡号', 'Member number', 'M0001234'),
  customerName: label('客户姓名', 'Customer name', '张伟民'),
}
const currency = label('币种', 'Currency', 'CNY')
const orderNumber = label('订单号', 'Order number', 'SO20260103001')
const shop = label('门店', 'Shop', '西湖店')
const productCode = label('商品编码', 'Product code', 'SKU-1001')
const category = label('品类', 'Category', '茶叶')

/** What the fields of an import are called, in the web app, in templates and in error files. */
export const importFieldLabels: { [K in ImportKind]: Record<keyof (typeof importKinds)[K], ImportFieldLabel> } = {
  customers: {
    kind: label('客户类型', 'Customer type', '个人'),
    name: label('姓名', 'Name', '张伟民'),
    surname: label('姓', 'Surname'),
    givenName: label('名', 'Given name'),
    sex: label('性别', 'Sex', '男'),
    birthDate: label('生日', 'Birth date', '1990-02-03'),
    phone: label('手机号', 'Phone', '13812346721'),
    email: label('邮箱', 'E-mail', 'zhang@example.com'),
    memberNumber: label('会员卡号', 'Member number', 'M0001234'),
    externalId: label('客户编号', 'Customer ID', '10086'),
    unionid: label('微信 UnionID', 'WeChat UnionID'),
    openid: label('微信 OpenID', 'WeChat OpenID'),
    creditCode: label('统一社会信用代码', 'Social credit code'),
    idNumber: label('身份证号', 'Identity number'),
    country: label('国家', 'Country', '中国'),
    province: label('省份', 'Province', '浙江省'),
    city: label('城市', 'City', '杭州市'),
    district: label('区县', 'District', '西湖区'),
    address: label('详细地址', 'Address', '文三路 1 号'),
    fullAddress: label('完整地址', 'Full address'),
    employer: label('工作单位', 'Employer'),
    jobTitle: label('职务', 'Job title'),
    industry: label('行业', 'Industry'),
    contactName: label('联系人', 'Contact person'),
    memberLevel: label('会员等级', 'Member level', '金卡'),
    registeredOn: label('注册日期', 'Registered on', '2026-01-03'),
    tags: label('标签', 'Tags', '老客；爱喝龙井'),
    preference: label('偏好', 'Preferences'),
    taboo: label('忌讳', 'Taboos'),
    note: label('备注', 'Note'),
  },
  products: {
    code: productCode,
    name: label('商品名称', 'Product name', '明前龙井 250 克'),
    category,
    brand: label('品牌', 'Brand', '云栖'),
    price: label('售价', 'Price', '268.00'),
    cost: label('成本价', 'Cost', '120.00'),
    unit: label('计量单位', 'Unit', '罐'),
    currency,
  },
  orders: {
    number: orderNumber,
    placedAt: label('下单时间', 'Order time', '2026-01-03 08:05:00'),
    amount: label('订单金额', 'Order amount', '536.00'),
    discount: label('优惠金额', 'Discount', '20.00'),
    currency,
    quantity: label('商品件数', 'Quantity', '2'),
    shop,
    status: label('订单状态', 'Order status', '已完成'),
    paymentMeans: label('支付方式', 'Payment method', '微信'),
    ...customerReference,
  },
  'order-lines': {
    orderNumber,
    lineNumber: label('订单行号', 'Order line number', '1'),
    placedAt: label('下单时间', 'Order time', '2026-01-03 08:05:00'),
    productCode,
    productName: label('商品名称', 'Product name', '明前龙井 250 克'),
    category,
    quantity: label('数量', 'Quantity', '2'),
    unitPrice: label('单价', 'Unit price', '268.00'),
    amount: label('金额', 'Amount', '536.00'),
    discount: label('优惠金额', 'Discount', '0.00'),
    currency,
    shop,
    country: label('国家', 'Country', '中国'),
    ...customerReference,
  },
  payments: {
    orderNumber,
    paidAt: label('付款时间', 'Payment time', '2026-01-03 08:06:00'),
    amount: label('付款金额', 'Payment amount', '516.00'),
    currency,
    means: label('支付方式', 'Payment method', '支付宝'),
    reference: label('支付流水号', 'Payment reference', '4200001234'),
  },
  returns: {
    orderNumber,
    returnedAt: label('退货时间', 'Return time', '2026-01-09 10:00:00'),
    productCode,
    quantity: label('退货数量', 'Returned quantity', '1'),
    amount: label('退款金额', 'Refund amount', '268.00'),
    currency,
    reason: label('退货原因', 'Return reason', '包装破损'),
    reference: label('退货单号', 'Return number', 'RT20260109001'),
  },
  contacts: {
    happenedAt: label('联系时间', 'Contact time', '2026-01-05 14:30:00'),
    medium: label('沟通方式', 'Contact method', '电话'),
    direction: label('呼叫方向', 'Direction', '呼出'),
    purpose: label('联系目的', 'Purpose', '回访'),
    content: label('沟通内容', 'Content', '询问新茶口感，愿意再买'),
    result: label('沟通结果', 'Result', '已接通'),
    nextStep: label('下一步', 'Next step', '春茶上市时通知'),
    staff: label('跟进人', 'Staff', '林晓'),
    reference: label('记录编号', 'Record ID', 'CALL-0001'),
    ...customerReference,
  },
}
