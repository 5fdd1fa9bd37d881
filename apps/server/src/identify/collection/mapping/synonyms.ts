import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'

/** Words for one field, parted by |. A trailing ~ marks a weak word: it may also mean something else. */
type Words = Record<string, string>

/** What people put in front of a field when they mean the customer. */
export const customerPrefixes =
  '客户|会员|顾客|用户|买家|购买人|购买者|下单人|收货人|收件人|联系人|客人|消费者|持卡人|客|customer|client|member|user|buyer|cust|contact|shopper|consumer|receiver|kehu|huiyuan'

const phone =
  '手机|手机号|手机号码|电话|电话号码|联系电话|联系方式|移动电话|联系手机|座机|固定电话|固话|绑定手机|预留手机|办公电话|phone|mobile|tel|telephone|phone number|mobile number|cell|cellphone|mobile phone|phone no|mobile no|tel no|contact number|contact phone'
const email = '邮箱|电子邮箱|电子邮件|邮件|邮箱地址|邮件地址|email|e mail|mail|email address|mailbox|mail address'
const externalId =
  '客户编号|客户编码|客户号|客户代码|客户id|用户id|用户编号|会员id|顾客编号|编号~|编码~|id~|外部编号|系统编号|客户序列号|customer id|customer no|customer number|customer code|client id|client no|user id|uid|cust id|cust no|custid|external id|member id~|master id|person id|guest id|contact id|account id|buyer id|cust~|customer~'
const memberNumber =
  '会员号|会员卡号|会员编号|卡号|vip卡号|会员卡|积分卡号|member number|member no|membership number|card number|card no|loyalty number|membership no|vip no|vip number|member card|loyalty card|membership id'
const currency = '币种|货币|币别|结算币种|currency|currency code|ccy|curr'

const customers: Words = {
  kind: '客户类型|客户性质|客户类别|类型~|性质~|个人企业|主体类型|customer type|client type|kind|type~|account type|entity type',
  name: '姓名|名字|名称~|客户名称|客户姓名|会员姓名|客户|公司名称~|企业名称~|单位名称~|真实姓名|全名|称呼|昵称~|name|full name|customer name|client name|company name~|account name|real name|display name|nick name~|company~',
  surname: '姓|姓氏|surname|last name|family name|lastname|familyname|lname',
  givenName: '名|名儿~|given name|first name|forename|firstname|givenname|fname',
  sex: '性别|sex|gender|男女|先生女士~|称谓~|title~',
  birthDate: '生日|出生日期|出生年月|出生年月日|诞辰|出生|birthday|birth date|date of birth|dob|birth|born|birthdate|出生时间',
  phone,
  email,
  memberNumber,
  externalId,
  unionid: 'unionid|微信unionid|union id|wechat union id',
  openid: 'openid|微信openid|微信号~|公众号openid|小程序openid|open id|wechat open id|wechat id',
  creditCode:
    '统一社会信用代码|社会信用代码|信用代码|税号|纳税人识别号|组织机构代码|营业执照号|credit code|uscc|tax number|tax id|tax no|social credit code|registration number',
  idNumber:
    '身份证|身份证号|身份证号码|证件号码|证件号|id card|id number|identity number|id card no|national id|identity card|id no~|citizen id',
  country: '国家|国籍|国家地区|国别|country|nation|nationality|country region',
  province: '省|省份|所在省|省市~|所属省份|province|state|prov|state province',
  city: '市|城市|所在城市|地市|所属城市|地级市|city|town',
  district: '区|区县|县|县区|所在区|行政区|所属区县|区域~|district|county|borough|area~|suburb',
  address:
    '地址|详细地址|街道地址|住址|通讯地址|联系地址|家庭住址|街道|门牌|收货地址|邮寄地址|address|street|street address|address line|home address|addr|mailing address',
  fullAddress: '完整地址|全地址|省市区地址|地址全称|full address|complete address|whole address|省市区详细地址',
  employer: '工作单位|所在单位|单位|就职公司|任职公司|公司|雇主|employer|company|workplace|work unit|organization|organisation|firm',
  jobTitle: '职位|职务|岗位|职称|头衔|职业~|job title|position|title~|job|occupation~|role~|post',
  industry: '行业|所属行业|行业类别|行业分类|industry|sector|trade~|line of business',
  contactName: '联系人|联系人姓名|负责人|主要联系人|对接人|经办人|contact|contact person|contact name|primary contact|person in charge',
  memberLevel:
    '会员等级|会员级别|等级|级别|会员卡等级|客户等级|客户级别|vip等级|卡类型|member level|level|tier|grade|membership level|member tier|vip level|loyalty tier|membership tier',
  registeredOn:
    '注册日期|注册时间|入会日期|入会时间|开卡日期|开卡时间|加入日期|建档日期|创建时间~|创建日期~|登记日期|办卡日期|registered on|registered at|registration date|sign up date|signup date|join date|joined|created at~|created~|register time|member since|created date~|date joined|create time~',
  tags: '标签|客户标签|用户标签|标记|tags|tag|labels|label|keywords~',
  preference: '偏好|喜好|兴趣|爱好|兴趣爱好|消费偏好|购物偏好|preference|preferences|likes|hobby|hobbies|interests|interest',
  taboo: '忌讳|禁忌|忌口|过敏|饮食禁忌|不喜欢|taboo|taboos|allergy|allergies|dislikes|avoid',
  note: '备注|说明|附注|备忘|客户备注|描述~|note|notes|remark|remarks|comment|comments|memo|description~',
}

const products: Words = {
  code: '商品编码|商品编号|商品代码|货号|产品编号|产品编码|产品代码|条码|商品条码|款号|物料编码|编码~|编号~|sku|sku编码|product code|item code|product id|item no|item number|sku code|barcode|stock code|article number|article no|code~|id~|part number|upc|ean|item id|product no',
  name: '商品名称|商品名|品名|产品名称|产品名|名称~|货品名称|物料名称|商品~|产品~|product name|item name|name~|title~|product|item|product title|description~|goods name|article name',
  category:
    '类别|品类|分类|商品分类|商品类别|产品类别|类目|所属分类|大类|category|product category|class~|type~|category name|department|product type|product group|item category',
  brand: '品牌|牌子|商标|brand|make|manufacturer~|brand name|label~',
  price: '价格|售价|单价|零售价|销售价|标价|吊牌价|市场价|price|unit price|sale price|retail price|list price|selling price|rrp|msrp',
  cost: '成本|成本价|进价|进货价|采购价|cost|cost price|unit cost|purchase price|buying price',
  unit: '单位|计量单位|销售单位|unit|uom|unit of measure|measure',
  currency,
}

const orderNumber =
  '订单号|订单编号|订单编码|单号|单据号|单据编号|小票号|流水号~|交易号~|交易单号|销售单号|发票号|订单id|主订单号|原订单号|关联订单号|order number|order no|order id|order code|invoice no|invoice number|invoice id|invoice|order|receipt no|receipt number|bill no|basket id|ticket no|transaction id~|order ref|document no|sales order|po number|so number|order sn'
const placedAt =
  '下单时间|下单日期|订单时间|订单日期|购买时间|购买日期|交易时间|交易日期|消费时间|消费日期|成交时间|成交日期|销售日期|销售时间|开单日期|开单时间|日期~|时间~|创建时间~|付款时间~|支付时间~|order date|order time|invoice date|purchase date|purchase time|transaction date|placed at|ordered at|date~|datetime~|time~|sale date|sales date|timestamp~|created at~|order datetime|purchased at|transaction time|bill date|day~|order placed'
const amount =
  '金额|总金额|总价|订单金额|实付金额|应付金额~|消费金额|成交金额|销售额|销售金额|实收金额|实付|实收|合计|总计|付款金额~|订单总额|支付金额~|交易金额|小计~|amount|total|total amount|order amount|order total|grand total|revenue|sales|sum|dollars|paid amount|amount paid|total price|spend|monetary|total paid|value~|net amount|total value|sales amount|money|gross amount'
const discount =
  '折扣|优惠|优惠金额|折扣金额|减免|满减|优惠券金额|立减|discount|discount amount|coupon|rebate|promotion amount|reduction|discounts'
const quantity =
  '数量|件数|购买数量|销售数量|商品数量|商品件数|个数|销量|quantity|qty|count|units|items|pieces|pcs|number of items|cds|item count|units sold|num|volume~'
const shop =
  '门店|店铺|店名|门店名称|店铺名称|销售门店|所属门店|渠道~|网点|分店|shop|store|outlet|branch|store name|shop name|location~|channel~|store id~'
const paymentMeans =
  '支付方式|付款方式|结算方式|支付渠道|收款方式|支付类型|payment method|payment means|payment type|pay method|paid by|payment|payment channel|pay type|tender|means of payment|pay way'

const reference: Words = {
  customerExternalId: externalId,
  customerPhone: phone,
  customerEmail: email,
  customerMemberNumber: memberNumber,
  customerName:
    '姓名|名字|客户|客户名称|客户姓名|会员姓名|买家|收货人|购买人|买家昵称~|客户名|name~|full name|customer name|client name|buyer name|customer|buyer|client|member name|recipient|consignee|公司名称|company name~',
}

const orders: Words = {
  number: orderNumber,
  placedAt,
  amount,
  discount,
  currency,
  quantity,
  shop,
  status: '状态|订单状态|交易状态|单据状态|发货状态|status|order status|state~|order state|fulfilment status|fulfillment status',
  paymentMeans,
  ...reference,
}

const orderLines: Words = {
  orderNumber,
  lineNumber:
    '订单行号|明细行号|订单明细行号|行项目号|行项目编号|项次~|行号~|order line number|order line no|line number|line no|line item number|order line~',
  placedAt,
  productCode:
    '商品编码|商品编号|商品代码|货号|产品编号|产品编码|产品代码|条码|款号|物料编码|商品id|sku|sku编码|商品条码|product code|product id|item code|item no|stock code|sku code|barcode|item number|article no|item id|upc|goods id|part number',
  productName:
    '商品名称|商品名|品名|产品名称|产品名|商品|产品|货品名称|商品标题|宝贝标题|物料名称|product name|item name|product|item|description|product title|goods name|item description|product description|article',
  category:
    '类别|品类|分类|商品分类|商品类别|产品类别|类目|大类|category|product category|category name|department|product type|product group|item category',
  quantity,
  unitPrice:
    '单价|价格|售价|商品单价|成交单价|销售单价|成交价|unit price|price|item price|price each|sale price|price per unit|selling price|unit cost~|rate~|list price~|each|ea|each price|per unit|per piece|per item|单件价|每件价格',
  amount: `${amount}|行金额|明细金额|商品金额|line total|line amount|subtotal|sub total|extended price|小计`,
  discount,
  currency,
  shop,
  country: '国家|国别|国家地区|country|country region|ship country|nation',
  ...reference,
}

const payments: Words = {
  orderNumber,
  paidAt:
    '付款时间|付款日期|支付时间|支付日期|收款时间|收款日期|到账时间|到账日期|缴费日期|结算时间|日期~|时间~|交易时间~|交易日期~|paid at|payment date|payment time|paid on|pay date|date paid|settlement date|pay time|transaction date~|date~|time~|received on|received at|posted at',
  amount: `付款金额|支付金额|收款金额|到账金额|实付金额|实收金额|缴费金额|payment amount|paid amount|amount paid|amount received|${amount}`,
  currency,
  means: paymentMeans,
  reference:
    '流水号|支付流水号|交易流水号|支付单号|付款单号|收款单号|凭证号|交易号|支付宝交易号|微信支付单号|payment id|payment reference|reference|transaction id|transaction no|payment no|reference number|voucher no|ref no|trade no|ref',
}

const returns: Words = {
  orderNumber,
  returnedAt:
    '退货时间|退货日期|退款时间|退款日期|退回日期|申请时间~|退单日期|售后时间|日期~|时间~|returned at|return date|refund date|returned on|refunded at|return time|refund time|date returned|refunded on|date~|time~',
  productCode: orderLines.productCode as string,
  quantity: `退货数量|退回数量|退货件数|returned quantity|return qty|quantity returned|refund quantity|qty returned|return quantity|${quantity}`,
  amount: `退款金额|退货金额|退回金额|应退金额|实退金额|退款|refund amount|refund|return amount|amount refunded|refund total|refunded amount|return value|${amount}`,
  currency,
  reason: '退货原因|退款原因|原因|售后原因|退换原因|reason|return reason|refund reason|why',
  reference:
    '退货单号|退款单号|售后单号|退单号|退款流水号|return number|return id|refund id|rma|return no|refund no|rma number|refund reference|reference',
}

const contacts: Words = {
  happenedAt:
    '联系时间|联系日期|沟通时间|沟通日期|跟进时间|跟进日期|通话时间|通话日期|拜访时间|拜访日期|回访时间|回访日期|发生时间|接触时间|日期~|时间~|happened at|contact date|contact time|date~|time~|call time|call date|contacted at|visit date|activity date|interaction date|follow up date~|contacted on|timestamp~|datetime~|created at~',
  medium:
    '方式|联系方式~|沟通方式|联系渠道|跟进方式|渠道|沟通渠道|接触方式|途径|medium|channel|contact method|contact channel|method|activity type|contact type|interaction type|type~|via',
  direction: '方向|呼叫方向|呼入呼出|联系方向|通话类型|direction|call direction|inbound outbound|in out|call type~',
  purpose: '目的|联系目的|沟通目的|事由|跟进目的|主题|purpose|subject|topic|reason~|objective',
  content:
    '内容|沟通内容|联系内容|跟进内容|沟通记录|跟进记录|详情|通话内容|备注~|记录|content|details|notes|description|conversation|summary|message|remarks~|note|body',
  result: '结果|沟通结果|联系结果|跟进结果|通话结果|回访结果|result|outcome|disposition|call result|contact result|response~',
  nextStep:
    '下一步|下步|后续|下一步计划|下步计划|后续计划|后续动作|下次跟进|next step|next action|follow up|next steps|to do|action item|followup',
  staff:
    '员工|客服|业务员|销售|销售员|跟进人|坐席|导购|联系人员|经办人|负责人|操作人|staff|agent|sales rep|employee|owner|representative|handled by|operator|rep|salesperson|contacted by|user~',
  reference: '编号~|记录编号|工单号|通话id|记录id|reference|record id|call id|activity id|ticket id|ref|id~|interaction id',
  ...reference,
  customerPhone: `${phone}|主叫号码|被叫号码|对方号码|来电号码|caller number|called number`,
}

/** Words for the fields of each kind, besides what the code makes of them (customer prefixes, pinyin, initials, misspellings). */
export const synonyms: Record<ImportKind, Words> = { customers, products, orders, 'order-lines': orderLines, payments, returns, contacts }
