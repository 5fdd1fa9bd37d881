import type { Parsed } from '@zhike/contract/endpoint.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { customerCode } from '@zhike/contract/identify/customers.ts'
import { type LabelField, labelFields } from '@zhike/contract/identify/labels.ts'
import { type BirthDate, type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { importFieldLabels } from '@zhike/contract/texts/import-fields.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import { type ExportColumn, exportTable } from '../../platform/files/export-table.ts'
import type { Cell } from '../../platform/files/table-writer.ts'
import { type Context, type Route, route } from '../../platform/http/route.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { minorDigits } from '../identity/normalise/money.ts'
import { dialledPhone } from '../identity/normalise/phone.ts'
import type { Fragment } from './fragment.ts'
import { labelColumns } from './list.ts'
import { filterSql } from './list-filter.ts'
import { listOrder } from './list-order.ts'
import { maskValue, viewOf } from './masking.ts'
import { goldenColumns } from './refresh.ts'
import { scopeCondition } from './row-scope.ts'
import { foundCustomers, wantedBy } from './search.ts'

type Query = Parsed<typeof customers.exportFile>['query']
type Row = Record<string, unknown>

type Column = ExportColumn<Row>

const rowsPerBatch = 500

export function createExportRoutes(database: Database): Route[] {
  return [route(customers.exportFile, (context) => exportCustomers(database, context), { transaction: 'own' })]
}

/** Streams a list as a file, under the actor's export scope. */
async function exportCustomers(database: Database, context: Context<typeof customers.exportFile>): Promise<undefined> {
  const { actor, query, purpose, now } = context
  const format = query.format ?? 'csv'
  const clear = (Object.keys(goldenColumns) as ProfileField[]).filter(
    (field) => purpose !== undefined && viewOf(actor, field, true) !== viewOf(actor, field, false),
  )
  await exportTable(database, {
    context,
    right: 'customer.export',
    format,
    event: { action: 'customer.export', object: 'customers', details: { format, purpose: purpose ?? null, clear } },
    read: async (tx) => {
      const { rows, columns } = await exportRows(tx, actor, query, now, purpose !== undefined)
      return { name: 'customers', columns, batches: rows.cursor(rowsPerBatch) }
    },
  })
}

/** The statement of an export, not yet run, and its columns. @throws Problem about the filter */
async function exportRows(tx: Tx, actor: Actor, query: Query, now: Date, withPurpose: boolean) {
  const [company] = await tx<{ timeZone: string; currency: string }[]>`select time_zone as "timeZone", currency from company`
  const timeZone = company?.timeZone ?? 'UTC'
  const filter = filterSql(tx, actor, query.filter, now)
  const order = listOrder(tx, query.sort ?? 'createdAt', query.order)
  const found =
    query.search === undefined ? tx`` : tx`join (${foundCustomers(tx, wantedBy(actor, query.search), 2_000_000_000)}) f(id) on f.id = c.id`
  const local = (column: Fragment) => tx`to_char(${column} at time zone ${timeZone}, 'YYYY-MM-DD HH24:MI:SS')`
  const rows = tx<Row[]>`
    select c.*, u.name as owner_name, t.name as team_name, ${tx([...labelColumns])}, ${local(tx`c.first_order_at`)} as first_order,
           ${local(tx`c.last_order_at`)} as last_order, ${local(tx`c.created_at`)} as created
      from customer c ${found}
      left join users u on u.id = c.owner_id
      left join team t on t.id = c.team_id
      left join customer_label lb on lb.customer_id = c.id
     where c.live and ${scopeCondition(tx, actor, 'customer.export')} and ${filter.condition}
     order by ${order.orderBy('c')}`
  return { rows, columns: columnsFor(actor, query.locale ?? 'zh', withPurpose, minorDigits(company?.currency ?? 'CNY')) }
}

/** The same names as the import's, so that a file that comes back maps itself; fields hidden from the reader have no column. */
function columnsFor(actor: Actor, locale: Locale, withPurpose: boolean, digits: number): Column[] {
  const titles = ownTitles[locale]
  const golden = (Object.entries(goldenColumns) as [keyof typeof goldenColumns, string][])
    .filter(([field]) => viewOf(actor, field, withPurpose) !== 'hidden')
    .map(([field, column]): Column => {
      const masked = viewOf(actor, field, withPurpose) === 'masked'
      return { header: importFieldLabels.customers[field][locale], cell: (row) => cellOf(field, row[column], masked, locale) }
    })
  const labels = (Object.entries(labelFields) as [LabelField, { column: string }][]).map(([field, { column }]): Column => {
    const shown = (value: Cell): Cell => (field === 'futureValue' && typeof value === 'number' ? value / 10 ** digits : value)
    return { header: titles[field], cell: (row) => shown((row[column] as Cell | undefined) ?? null) }
  })
  return [
    { header: titles.code, cell: (row) => customerCode(row['number'] as number) },
    { header: importFieldLabels.customers.kind[locale], cell: (row) => kinds[locale][row['kind'] as 'person'] },
    ...golden,
    { header: titles.owner, cell: (row) => row['owner_name'] as Cell },
    { header: titles.team, cell: (row) => row['team_name'] as Cell },
    { header: titles.orders, cell: (row) => row['orders'] as Cell },
    { header: titles.spent, cell: (row) => (row['spent'] as number) / 10 ** digits },
    { header: titles.firstOrderAt, cell: (row) => row['first_order'] as Cell },
    { header: titles.lastOrderAt, cell: (row) => row['last_order'] as Cell },
    { header: titles.createdAt, cell: (row) => row['created'] as Cell },
    ...labels,
  ]
}

function cellOf(field: keyof typeof goldenColumns, value: unknown, masked: boolean, locale: Locale): Cell {
  if (value === null || value === undefined) return null
  if (field === 'birthDate') return masked ? maskedBirthDate(value as BirthDate) : birthDateText(value as BirthDate)
  if (masked && profileFields[field].class !== 'open') return String(maskValue(field, value))
  if (field === 'phone') return dialledPhone(String(value))
  if (field === 'sex') return sexes[locale][value as 'female']
  return Array.isArray(value) ? value.join('；') : String(value)
}

const two = (n: number) => String(n).padStart(2, '0')

/** As the import reads it: 1990-02-03, 02-03, 农历1990年闰4月8日. */
function birthDateText({ calendar, year, month, day, leap }: BirthDate): string {
  if (calendar === 'lunar') return `农历${year === null ? '' : `${year}年`}${leap ? '闰' : ''}${month}月${day}日`
  return `${year === null ? '' : `${year}-`}${two(month)}-${two(day)}`
}

const maskedBirthDate = ({ year }: BirthDate): string => `${year ?? '****'}-**-**`

const kinds: Record<Locale, Record<'person' | 'organization', string>> = {
  zh: { person: '个人', organization: '企业' },
  en: { person: 'Person', organization: 'Organization' },
}
const sexes: Record<Locale, Record<'female' | 'male', string>> = {
  zh: { female: '女', male: '男' },
  en: { female: 'Female', male: 'Male' },
}

type OwnTitle = 'code' | 'owner' | 'team' | 'orders' | 'spent' | 'firstOrderAt' | 'lastOrderAt' | 'createdAt' | LabelField

const ownTitles: Record<Locale, Record<OwnTitle, string>> = {
  zh: {
    code: '客户编码',
    owner: '负责人',
    team: '所属团队',
    orders: '订单数',
    spent: '累计消费',
    firstOrderAt: '首次购买',
    lastOrderAt: '最近购买',
    createdAt: '建档时间',
    rfmGroup: 'RFM 分组',
    rfmCell: 'RFM 得分',
    abcClass: 'ABC 类别',
    valueLevel: '价值层级',
    clvQuadrant: 'CLV 象限',
    alive: '活跃概率',
    expectedPurchases: '预期购买次数',
    futureValue: '未来价值',
  },
  en: {
    code: 'Customer code',
    owner: 'Owner',
    team: 'Team',
    orders: 'Orders',
    spent: 'Spent',
    firstOrderAt: 'First order',
    lastOrderAt: 'Last order',
    createdAt: 'Created',
    rfmGroup: 'RFM group',
    rfmCell: 'RFM score',
    abcClass: 'ABC class',
    valueLevel: 'Value level',
    clvQuadrant: 'CLV quadrant',
    alive: 'Probability alive',
    expectedPurchases: 'Expected purchases',
    futureValue: 'Future value',
  },
}
