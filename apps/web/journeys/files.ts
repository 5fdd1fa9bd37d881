import { Buffer } from 'node:buffer'

interface Words {
  customerHeaders: string[]
  orderHeaders: string[]
  surnames: string[]
  given: string[]
  cities: string[][]
  shop: string
  bad: string
}

const words: Record<'zh' | 'en', Words> = {
  zh: {
    customerHeaders: ['客户编号', '姓名', '手机', '省', '市', '区', '会员等级'],
    orderHeaders: ['订单号', '客户编号', '下单时间', '金额', '门店'],
    surnames: ['王', '欧阳', '曾', '陈', '单'],
    given: ['伟', '静怡', '婉清', '子轩'],
    cities: [
      ['浙江省', '杭州市', '西湖区'],
      ['江苏省', '苏州市', '姑苏区'],
    ],
    shop: '滨江店',
    bad: '坏电话',
  },
  en: {
    customerHeaders: ['Customer ID', 'Full name', 'Mobile', 'Province', 'City', 'District', 'Member level'],
    orderHeaders: ['Order number', 'Customer ID', 'Order date', 'Amount', 'Store'],
    surnames: ['Baker', 'Cooper', 'Fisher', 'Mason', 'Wright'],
    given: ['Ana', 'Ben', 'Cleo', 'Dan'],
    cities: [
      ['浙江省', '杭州市', '西湖区'],
      ['江苏省', '苏州市', '姑苏区'],
    ],
    shop: 'Riverside',
    bad: 'Bad Phone',
  },
}

export const people = 60
export const orders = 300

/** A list of sixty customers and a sixty-first whose phone is none. */
export function customersFile(language: 'zh' | 'en') {
  const { customerHeaders, surnames, given, cities, bad } = words[language]
  const rows = Array.from({ length: people }, (_, i) => {
    const name = [surnames[i % 5]!, given[i % 4]!]
    const fullName = language === 'zh' ? name.join('') : name.toReversed().join(' ')
    return [`K${i + 1}`, fullName, `138${String(10_000_000 + i * 7919)}`, ...cities[i % 2]!, i % 3 === 0 ? 'Gold' : 'Silver']
  })
  return csvFile('customers.csv', [customerHeaders, ...rows, ['K900', bad, '12', '', '', '', '']])
}

/** Their orders over two years: the later in the list somebody stands, the longer ago and the fewer. */
export function ordersFile(language: 'zh' | 'en') {
  const { orderHeaders, shop } = words[language]
  const rows = Array.from({ length: orders }, (_, i) => {
    const who = Math.floor((i * i) / ((orders * orders) / people))
    const day = new Date(Date.now() - (1 + who * 9 + (i % 7) * 20) * 86_400_000).toISOString().slice(0, 10)
    return [`W${i + 1}`, `K${who + 1}`, `${day} 10:${String(i % 60).padStart(2, '0')}:00`, (20 + ((i * 37) % 400)).toFixed(2), shop]
  })
  return csvFile('orders.csv', [orderHeaders, ...rows])
}

/** A file as somebody chooses it. */
export const csvFile = (name: string, rows: readonly (readonly string[])[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(rows.map((row) => row.join(',')).join('\r\n')),
})
