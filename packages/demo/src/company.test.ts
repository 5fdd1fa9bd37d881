import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Manifest } from './company.ts'
import { generateCompany } from './company.ts'
import { isCreditCode } from './credit-code.ts'
import { cities } from './divisions.ts'

type Row = Record<string, string>

const root = mkdtempSync(join(tmpdir(), 'demo-company-'))
const folderOf = (name: string) => join(root, name)
const make = (seed: number, people: number, name: string) =>
  generateCompany({ seed, people, endDate: '2026-06-30', outFolder: folderOf(name) })

let manifest: Manifest
beforeAll(async () => {
  manifest = await make(1, 3000, 'one')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Rows of a file by header; fields with line breaks are not cut. */
function read(file: string, name = 'one'): Row[] {
  const bytes = readFileSync(join(folderOf(name), file))
  const text = new TextDecoder(file.startsWith('till') ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes)
  const [header = [], ...rows] = parse(text, file.startsWith('company') ? ';' : ',')
  return rows.map((cells) => Object.fromEntries(header.map((title, i) => [title, cells[i] ?? ''])))
}

function parse(text: string, delimiter: string): string[][] {
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}"\r\n]*)(${delimiter}|\r?\n|$)`, 'gy')
  const rows: string[][] = [[]]
  for (const [, value = '', end = ''] of text.matchAll(cell)) {
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '') break
    if (end !== delimiter) rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}

function hashes(name: string): Record<string, string> {
  const files = readdirSync(folderOf(name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((entry) => [
      entry.name,
      createHash('sha256')
        .update(readFileSync(join(entry.parentPath, entry.name)))
        .digest('hex'),
    ]),
  )
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const plainPhone = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/^(\+86|0086)/, '')
    .replace(/[\s-]/g, '')
const customerFiles = [
  { file: 'till-members.csv', channel: 'till', id: '会员ID', name: '会员姓名', phone: '手机号码' },
  { file: 'web-customers.csv', channel: 'web-shop', id: 'Customer ID', name: 'Full Name', phone: 'Mobile' },
  { file: 'mini-program-users.csv', channel: 'mini-program', id: '用户ID', name: '姓名', phone: '手机号' },
  { file: 'company-customers.csv', channel: 'office', id: '客户编号', name: '企业名称', phone: '联系电话' },
]
const records = (name = 'one') =>
  customerFiles.flatMap(({ file, channel, id, name: title, phone }) =>
    read(file, name).map((row) => ({ key: `${channel}/${row[id]}`, name: row[title] ?? '', phone: plainPhone(row[phone] ?? '') })),
  )

describe('the same seed', () => {
  test('writes the same bytes', async () => {
    await make(5, 500, 'again')
    await make(5, 500, 'once-more')
    expect(hashes('again')).toEqual(hashes('once-more'))
  })

  test('and another seed writes other people: nobody has a name and phone of the first', async () => {
    await make(6, 500, 'other')
    const first = new Set(records().map(({ name, phone }) => `${name} ${phone}`))
    expect(records('other').filter(({ name, phone, key }) => key && first.has(`${name} ${phone}`))).toEqual([])
  })
})

describe('the manifest', () => {
  test('counts the rows of every file', () => {
    for (const { file, rows } of manifest.files) expect([file, read(file).length]).toEqual([file, rows])
    expect(manifest.counts.rows).toBe(sum(manifest.files.map(({ rows }) => rows)))
  })

  test('lists products and customers before what refers to them', () => {
    const kinds = manifest.files.map(({ importKind }) => importKind)
    expect([...new Set(kinds)]).toEqual(['products', 'customers', 'order-lines', 'payments', 'returns', 'contacts'])
    expect(kinds.filter((kind, i) => kinds[i - 1] !== kind)).toHaveLength(6)
  })

  test('marks the company as generated, in every channel and on every customer', () => {
    expect(manifest.generated).toBe(true)
    for (const { channel } of manifest.files) expect(channel.name.zh + channel.name.en).toMatch(/演示.*demo/)
    for (const { file } of customerFiles) for (const row of read(file)) expect(row['标签'] ?? row.Tags).toMatch(/^演示数据/)
    for (const row of read('company-customers.csv')) expect(row['企业名称']).toMatch(/演示/)
  })
})

describe('the truth', () => {
  const truth = () => read('truth/same-person.csv')

  test('knows every record of every customer file, and no other', () => {
    expect(
      truth()
        .map((row) => `${row.channel}/${row.external_id}`)
        .toSorted(),
    ).toEqual(
      records()
        .map(({ key }) => key)
        .toSorted(),
    )
  })

  test('one phone means one person, but for the guard cases and nothing else', () => {
    const truthOf = new Map(truth().map((row) => [`${row.channel}/${row.external_id}`, row]))
    const withPhone = records().filter(({ phone }) => phone !== '')
    const shared = [...Map.groupBy(withPhone, ({ phone }) => phone).values()]
      .map((sharing) => sharing.map(({ key }) => truthOf.get(key)))
      .filter((sharing) => new Set(sharing.map((row) => row?.person)).size > 1)
    expect(shared.flat().filter((row) => row?.guard === '')).toEqual([])
  })

  test('a couple shares its landline, the tills share placeholders', () => {
    const guards = Map.groupBy(
      truth().filter(({ guard }) => guard),
      ({ guard }) => guard,
    )
    expect(guards.get('shared-landline')?.length).toBeGreaterThan(20)
    expect(guards.get('placeholder-phone')?.length).toBeGreaterThan(3)
  })

  test('2 to 4 % of the repeated records are mistyped', () => {
    const rows = truth()
    const repeated = rows.length - new Set(rows.map(({ person }) => person)).size
    const mistyped = rows.filter(({ error }) => error !== '').length
    expect(mistyped / repeated).toBeGreaterThan(0.015)
    expect(mistyped / repeated).toBeLessThan(0.045)
  })

  test('the orders of the truth are the orders in the files', () => {
    const rates = read('truth/rates.csv')
    expect(sum(rates.map(({ orders }) => Number(orders)))).toBe(manifest.counts.orders - manifest.counts.walkIns)
    const web = new Set(read('web-order-lines.csv').map((row) => row['Order ID'])).size
    expect(web).toBe(read('web-payments.csv').length)
  })

  test('repeat purchases are those that BG/NBD expects of the true rates: E[X] = (1 − e^(−λpT)) / p', () => {
    const buyers = read('truth/rates.csv').filter((row) => row.first_purchase_on && row.segment !== 'lapsed-vip')
    const expected = buyers.map(({ rate_per_week, drop_probability, first_purchase_on }) => {
      const [rate, p] = [Number(rate_per_week), Number(drop_probability)]
      const weeks = (Date.parse('2026-06-30') - Date.parse(first_purchase_on ?? '')) / (7 * 86_400_000)
      return (1 - Math.exp(-rate * p * weeks)) / p
    })
    expect(sum(buyers.map(({ orders }) => Number(orders) - 1)) / sum(expected)).toBeCloseTo(1, 1)
  })

  test('spend is the true mean times the orders, within a tenth', () => {
    const rates = read('truth/rates.csv')
    const ratio = sum(rates.map((row) => Number(row.spend))) / sum(rates.map((row) => Number(row.orders) * Number(row.mean_spend)))
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
  })

  test('all VIPs called lapsed have dropped out at least 110 days before the end', () => {
    const lapsed = read('truth/rates.csv').filter(({ segment }) => segment === 'lapsed-vip')
    expect(lapsed.length).toBeGreaterThan(10)
    for (const { first_purchase_on, dropout_week } of lapsed) {
      expect(dropout_week).not.toBe('')
      const gone = Date.parse(first_purchase_on ?? '') + Number(dropout_week) * 7 * 86_400_000
      expect((Date.parse('2026-06-30') - gone) / 86_400_000).toBeGreaterThan(109)
    }
  })
})

describe('the files', () => {
  test('hold phones in the forms of mobile numbers and landlines, or none', () => {
    for (const { phone } of records()) expect(phone).toMatch(/^(1[3-9]\d{9}|0\d{9,11}|)$/)
  })

  test('hold credit codes whose check characters are right', () => {
    const codes = read('company-customers.csv').map((row) => row['统一社会信用代码'] ?? '')
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toSatisfy(isCreditCode)
  })

  test('hold only mail addresses that can never be delivered', () => {
    const mails = read('web-customers.csv')
      .map((row) => row.Email ?? '')
      .filter(Boolean)
    expect(new Set(mails).size).toBe(mails.length)
    for (const mail of mails) expect(mail).toMatch(/^[a-z0-9._]+@example\.(com|net|org)$/)
  })

  test('name divisions that exist, each in its own city', () => {
    const known = new Set(cities.flatMap(({ province, name, districts }) => districts.map((district) => `${province}/${name}/${district}`)))
    for (const row of read('mini-program-users.csv')) expect(known).toContain(`${row['省']}/${row['市']}/${row['区']}`)
  })

  test('keep every fifth birthday by the lunar calendar', () => {
    const birthdays = read('till-members.csv')
      .map((row) => row['出生日期'] ?? '')
      .filter(Boolean)
    const lunar = birthdays.filter((text) => /^农历(\d{4}年)?闰?[正二三四五六七八九十冬腊]月[初十二廿][一二三四五六七八九十]$/.test(text))
    expect(lunar.length / birthdays.length).toBeGreaterThan(0.15)
    expect(lunar.length / birthdays.length).toBeLessThan(0.28)
    expect(birthdays.filter((text) => text.includes('农历'))).toHaveLength(lunar.length)
  })

  test('have one till receipt in five without a customer, and 3 % of orders with a return', () => {
    const receipts = Map.groupBy(read('till-receipt-lines.csv'), (row) => row['小票号'])
    const nobodys = [...receipts.values()].filter(([row]) => row?.['会员卡号'] === '' && row['会员手机'] === '').length
    expect(nobodys / receipts.size).toBeGreaterThan(0.18)
    expect(nobodys / receipts.size).toBeLessThan(0.22)
    expect(manifest.counts.returns / manifest.counts.orders).toBeGreaterThan(0.02)
    expect(manifest.counts.returns / manifest.counts.orders).toBeLessThan(0.04)
  })

  test('reckon right: quantity times price less discount is the amount, and the lines are what is paid', () => {
    const paid = new Map(read('web-payments.csv').map((row) => [row['Order ID'], Number(row.Amount)]))
    const lines = read('web-order-lines.csv')
    for (const row of lines)
      expect(Number(row.Quantity) * Number(row['Unit Price']) - Number(row.Discount)).toBeCloseTo(Number(row['Line Total']), 2)
    for (const [order, rows] of Map.groupBy(lines, (row) => row['Order ID'] ?? ''))
      expect(sum(rows.map((row) => Number(row['Line Total'])))).toBeCloseTo(paid.get(order) ?? 0, 2)
  })

  test('stay within the two years', () => {
    const times = read('mini-program-order-lines.csv').map((row) => row['下单时间'] ?? '')
    expect(times.every((time) => time >= '2024-07-01' && time < '2026-07-01')).toBe(true)
    expect(times).toEqual(times.toSorted())
  })

  test('of every reference to a customer the customer file has the record', () => {
    const cards = new Set(['', ...read('till-members.csv').map((row) => row['会员卡号'])])
    for (const row of read('till-receipt-lines.csv')) expect(cards).toContain(row['会员卡号'])
    const users = new Set(read('mini-program-users.csv').map((row) => row['用户ID']))
    for (const row of read('mini-program-order-lines.csv')) expect(users).toContain(row['用户ID'])
  })
})

test.each([
  [{ seed: 1.5 }, 'seed'],
  [{ people: 10 }, 'people'],
  [{ endDate: '2026-02-30' }, 'date'],
])('%o is refused', async (wrong, word) => {
  await expect(generateCompany({ seed: 1, people: 500, endDate: '2026-06-30', outFolder: folderOf('wrong'), ...wrong })).rejects.toThrow(
    word,
  )
})
