import type { AnalysisMethod, exportRun, Member } from '@zhike/contract/differentiate/analyses.ts'
import { goneText } from '@zhike/contract/texts/analyses.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { viewOf } from '../../identify/customers/masking.ts'
import { minorDigits } from '../../identify/identity/normalise/money.ts'
import { scopedCustomers } from '../../identify/warehouse/scoped-customers.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import { type ExportColumn, exportTable } from '../../platform/files/export-table.ts'
import type { Context } from '../../platform/http/route.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { rowsOf } from '../warehouse-query.ts'
import { memberConditions, membersOf } from './members.ts'
import { type MemberConditions, type MemberOrder, type MemberRow, memberPage, type Place } from './members-sql.ts'
import { type RunRef, requireFinished } from './runs.ts'

const rowsPerPage = 5000

interface World {
  database: Database
  warehouse: WarehouseClient
}

/** Streams the customers behind a result, under the actor's export scope. */
export async function exportMembers({ database, warehouse }: World, context: Context<typeof exportRun>): Promise<undefined> {
  const { actor, params, purpose } = context
  const { format = 'csv', locale = 'zh', sort, order, ...filter } = context.query
  const inClear = purpose !== undefined
  const clear = (['name', 'phone'] as const).filter((field) => inClear && viewOf(actor, field, true) !== viewOf(actor, field, false))
  // What somebody looked for may be a phone: the log only keeps that they did.
  const { search, ...by } = filter
  const details = { format, purpose: purpose ?? null, clear, ...by, ...(search === undefined ? {} : { searched: true }) }
  await exportTable(database, {
    context,
    right: 'customer.export',
    format,
    event: { action: 'analysis.export', object: 'runs', objectId: params.id, details },
    read: async (tx) => {
      const run = await requireFinished(tx, params.id)
      const columns = columnsOf(run.method, locale, await companyFigures(tx))
      const conditions = await memberConditions(tx, actor, run, filter, { sort })
      return {
        name: run.method,
        columns,
        batches: memberPages({ tx, warehouse, run, wanted: { filter: conditions, sort, order }, inClear, context }),
      }
    },
  })
}

async function companyFigures(tx: Tx): Promise<{ digits: number; day: Intl.DateTimeFormat }> {
  const [company] = await tx<{ currency: string; timeZone: string }[]>`select currency, time_zone as "timeZone" from company`
  // The Swedish locale writes ISO dates.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: company?.timeZone ?? 'UTC', dateStyle: 'short' })
  return { digits: minorDigits(company?.currency ?? 'CNY'), day }
}

interface Source {
  tx: Tx
  warehouse: WarehouseClient
  run: RunRef
  wanted: { filter: MemberConditions } & MemberOrder
  inClear: boolean
  context: Context<typeof exportRun>
}

async function* memberPages({ tx, warehouse, run, wanted, inClear, context: { actor } }: Source): AsyncGenerator<Member[]> {
  const scope = scopedCustomers(actor, 'customer.export')
  let after: Place | undefined
  do {
    const rows = await rowsOf<MemberRow>(warehouse, memberPage(run, wanted, scope, after, rowsPerPage))
    yield await membersOf(tx, actor, run, rows, inClear)
    const last = rows.length === rowsPerPage ? rows.at(-1) : undefined
    after = last && [last.worth, last.customer]
  } while (after)
}

type Column = ExportColumn<Member>

/** Name of a value → its heading; money is written in major units. */
const valueColumns: Record<AnalysisMethod, readonly { name: string; zh: string; en: string; money?: true }[]> = {
  rfm: [
    { name: 'r', zh: 'R', en: 'R' },
    { name: 'f', zh: 'F', en: 'F' },
    { name: 'm', zh: 'M', en: 'M' },
    { name: 'group', zh: 'RFM 分组', en: 'RFM group' },
    { name: 'recencyDays', zh: '距上次购买天数', en: 'Days since last order' },
    { name: 'frequency', zh: '购买次数', en: 'Orders' },
    { name: 'monetary', zh: '消费金额', en: 'Spent', money: true },
  ],
  abc: [
    { name: 'class', zh: 'ABC 类别', en: 'ABC class' },
    { name: 'level', zh: '价值层级', en: 'Value level' },
    { name: 'value', zh: '消费金额', en: 'Spent', money: true },
    { name: 'share', zh: '累计占比', en: 'Cumulative share' },
  ],
  clv: [
    { name: 'quadrant', zh: 'CLV 象限', en: 'CLV quadrant' },
    { name: 'purchases', zh: '购买天数', en: 'Days with a purchase' },
    { name: 'alive', zh: '活跃概率', en: 'Probability alive' },
    { name: 'expectedPurchases', zh: '预期购买次数', en: 'Expected purchases' },
    { name: 'currentValue', zh: '当前价值', en: 'Current value', money: true },
    { name: 'futureValue', zh: '未来价值', en: 'Future value', money: true },
  ],
}

const personColumns: Record<Locale, Record<'code' | 'name' | 'phone' | 'city' | 'owner' | 'lastOrder', string>> = {
  zh: { code: '客户编码', name: '姓名', phone: '手机', city: '城市', owner: '负责人', lastOrder: '最近购买' },
  en: { code: 'Customer code', name: 'Name', phone: 'Phone', city: 'City', owner: 'Owner', lastOrder: 'Last order' },
}

function columnsOf(method: AnalysisMethod, locale: Locale, { digits, day }: { digits: number; day: Intl.DateTimeFormat }): Column[] {
  const person = (['code', 'name', 'phone', 'city'] as const).map(
    (field): Column => ({
      header: personColumns[locale][field],
      cell: ({ customer }) => (field === 'name' && customer.gone ? goneText(customer.gone, locale) : customer[field]),
    }),
  )
  const values = valueColumns[method].map(({ name, money, ...headings }): Column => {
    const cell = ({ values: of }: Member) => of[name] ?? null
    return { header: headings[locale], cell: money ? (member) => Number(cell(member)) / 10 ** digits : cell }
  })
  const file: Column[] = [
    { header: personColumns[locale].lastOrder, cell: ({ customer }) => customer.lastOrderAt && day.format(new Date(customer.lastOrderAt)) },
    { header: personColumns[locale].owner, cell: ({ customer }) => customer.owner?.name ?? null },
  ]
  return [...person, ...values, ...file]
}
