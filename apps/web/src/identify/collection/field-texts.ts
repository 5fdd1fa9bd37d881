import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import { importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { defineTexts } from '../../ui/text-pair.ts'

/** Names of what a column can become, beyond the fields of a customer (`field.…`). */
export const texts = defineTexts({
  'fieldGroup.who': { zh: '是谁', en: 'Who' },
  'fieldGroup.reach': { zh: '怎么联系', en: 'How to reach them' },
  'fieldGroup.more': { zh: '其他', en: 'More' },
  'fieldGroup.record': { zh: '这笔记录', en: 'The record' },
  'fieldGroup.customer': { zh: '属于哪位客户', en: 'Whose it is' },
  'importField.kind': { zh: '客户类型', en: 'Kind of customer' },
  'importField.surname': { zh: '姓', en: 'Surname' },
  'importField.givenName': { zh: '名', en: 'Given name' },
  'importField.fullAddress': { zh: '整行地址（自动拆开）', en: 'Whole address (taken apart)' },
  'importField.code': { zh: '商品编码', en: 'Product code' },
  'importField.name': { zh: '名称', en: 'Name' },
  'importField.category': { zh: '品类', en: 'Category' },
  'importField.brand': { zh: '品牌', en: 'Brand' },
  'importField.price': { zh: '售价', en: 'Price' },
  'importField.cost': { zh: '成本', en: 'Cost' },
  'importField.unit': { zh: '计量单位', en: 'Unit' },
  'importField.currency': { zh: '币种', en: 'Currency' },
  'importField.number': { zh: '订单号', en: 'Order number' },
  'importField.orderNumber': { zh: '订单号', en: 'Order number' },
  'importField.lineNumber': { zh: '订单行号', en: 'Order line number' },
  'importField.placedAt': { zh: '下单时间', en: 'Ordered at' },
  'importField.amount': { zh: '金额', en: 'Amount' },
  'importField.discount': { zh: '优惠', en: 'Discount' },
  'importField.quantity': { zh: '数量', en: 'Quantity' },
  'importField.shop': { zh: '门店', en: 'Shop' },
  'importField.status': { zh: '订单状态', en: 'Status' },
  'importField.paymentMeans': { zh: '支付方式', en: 'Payment means' },
  'importField.customerExternalId': { zh: '客户编号', en: 'Customer number' },
  'importField.customerPhone': { zh: '客户电话', en: 'Customer phone' },
  'importField.customerEmail': { zh: '客户邮箱', en: 'Customer e-mail' },
  'importField.customerMemberNumber': { zh: '会员号', en: 'Member number' },
  'importField.customerName': { zh: '客户姓名', en: 'Customer name' },
  'importField.productCode': { zh: '商品编码', en: 'Product code' },
  'importField.productName': { zh: '商品名称', en: 'Product name' },
  'importField.unitPrice': { zh: '单价', en: 'Unit price' },
  'importField.country': { zh: '国家', en: 'Country' },
  'importField.paidAt': { zh: '付款时间', en: 'Paid at' },
  'importField.means': { zh: '支付方式', en: 'Means' },
  'importField.reference': { zh: '流水号', en: 'Reference' },
  'importField.returnedAt': { zh: '退货时间', en: 'Returned at' },
  'importField.reason': { zh: '原因', en: 'Reason' },
  'importField.happenedAt': { zh: '联系时间', en: 'Contacted at' },
  'importField.medium': { zh: '方式', en: 'Medium' },
  'importField.direction': { zh: '谁发起', en: 'Direction' },
  'importField.purpose': { zh: '事由', en: 'Purpose' },
  'importField.content': { zh: '内容', en: 'Content' },
  'importField.result': { zh: '结果', en: 'Result' },
  'importField.nextStep': { zh: '下一步', en: 'Next step' },
  'importField.staff': { zh: '经办人', en: 'Staff' },
})

/** What a file may say of a customer in another form than we keep it. */
const onlyInFiles = ['kind', 'fullAddress', 'surname', 'givenName']

/** The key of the name of a field of an import. */
export function importFieldKey(kind: ImportKind, field: string): string {
  return kind === 'customers' && !onlyInFiles.includes(field) ? `field.${field}` : `importField.${field}`
}

const customerGroups = {
  who: ['kind', 'name', 'surname', 'givenName', 'sex', 'birthDate', 'externalId', 'memberNumber', 'memberLevel', 'registeredOn'],
  reach: ['phone', 'email', 'unionid', 'openid', 'country', 'province', 'city', 'district', 'address', 'fullAddress'],
}

/** The fields of a kind as a person looks for them: of a customer by what they tell, of a fact apart from whose it is. */
export function fieldGroups(kind: ImportKind): { name: 'who' | 'reach' | 'more' | 'record' | 'customer'; fields: string[] }[] {
  const all = Object.keys(importKinds[kind])
  if (kind === 'customers') {
    const { who, reach } = customerGroups
    const more = all.filter((field) => !who.includes(field) && !reach.includes(field))
    return [
      { name: 'who', fields: who },
      { name: 'reach', fields: reach },
      { name: 'more', fields: more },
    ]
  }
  const whose = all.filter((field) => field.startsWith('customer'))
  const own = { name: 'record' as const, fields: all.filter((field) => !whose.includes(field)) }
  return whose.length > 0 ? [own, { name: 'customer', fields: whose }] : [own]
}

/** The fields that a kind cannot do without. */
export const requiredFields = (kind: ImportKind): string[] =>
  Object.entries(importKinds[kind] as Record<string, { required?: true }>).flatMap(([field, { required }]) => (required ? [field] : []))
