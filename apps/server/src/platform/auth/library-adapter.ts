import { AsyncLocalStorage } from 'node:async_hooks'
import { type CleanedWhere as Condition, createAdapterFactory } from 'better-auth/adapters'
import type { Sql, Tx } from '../database/database.ts'
import { tokenHash } from './token.ts'

type Row = Record<string, unknown>

const transaction = new AsyncLocalStorage<Tx>()

/** Whatever the library reads and writes in `work` belongs to this transaction, with the audit event beside it. */
export const inLibraryTransaction = <T>(tx: Tx, work: () => Promise<T>): Promise<T> => transaction.run(tx, work)

const operators: Record<string, string> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/**
 * The library's way into our tables: its few kinds of statement, written with bound values over postgres.js. Session tokens
 * are kept as SHA-256 only: they are hashed on the way in, and given back as they were asked for.
 */
export const libraryAdapter = (system: Sql) =>
  createAdapterFactory({
    config: {
      adapterId: 'zhike',
      supportsNumericIds: false,
      supportsUUIDs: true,
      supportsJSON: false,
      supportsDates: true,
      supportsBooleans: true,
      supportsArrays: false,
      transaction: false,
    },
    adapter: ({ getFieldName }) => {
      const sql = () => transaction.getStore() ?? (system as unknown as Tx)
      const names = (model: string, select: string[] | undefined) =>
        select?.length ? sql()`${sql()(select.map((field) => getFieldName({ model, field })))}` : sql()`*`

      const condition = (model: string, { field, operator, value }: Condition) => {
        const column = sql()`${sql()(field)}`
        const kept = hashedToken(model, field, value)
        if (kept === null) return operator === 'ne' ? sql()`${column} is not null` : sql()`${column} is null`
        if (operator === 'in' || operator === 'not_in') {
          const matches = sql()`${column} in ${sql()((kept as string[]).length ? (kept as string[]) : [null as never])}`
          return operator === 'in' ? matches : sql()`not (${matches})`
        }
        const sign = operators[operator ?? 'eq']
        if (sign === undefined) throw new Error(`the authentication library asks for ${operator}, which no table of ours needs`)
        return sql()`${column} ${sql().unsafe(sign)} ${kept as string}`
      }
      const where = (model: string, conditions: readonly Condition[] | undefined) =>
        (conditions ?? []).reduce(
          (all, each, index) =>
            index === 0
              ? sql()`where ${condition(model, each)}`
              : sql()`${all} ${sql().unsafe(each.connector === 'OR' ? 'or' : 'and')} ${condition(model, each)}`,
          sql()``,
        )

      return {
        create: async ({ model, data }) => {
          const [row] = await sql()<Row[]>`insert into ${sql()(model)} ${sql()(keptRow(model, data))} returning *`
          return shownRow(model, row ?? {}, data['token']) as typeof data
        },
        findOne: async <T>({ model, where: conditions, select }: { model: string; where: Condition[]; select?: string[] | undefined }) => {
          const [row] = await sql()<Row[]>`select ${names(model, select)} from ${sql()(model)} ${where(model, conditions)} limit 1`
          return (row ? shownRow(model, row, tokenOf(conditions)) : null) as T | null
        },
        findMany: async <T>({ model, where: conditions, limit, select, sortBy, offset }: FindMany) => {
          const order = sortBy
            ? sql()`order by ${sql()(getFieldName({ model, field: sortBy.field }))} ${sql().unsafe(sortBy.direction === 'desc' ? 'desc' : 'asc')}`
            : sql()``
          const rows = await sql()<Row[]>`select ${names(model, select)} from ${sql()(model)} ${where(model, conditions)} ${order}
            limit ${limit} offset ${offset ?? 0}`
          return [...rows] as T[]
        },
        update: async <T>({ model, where: conditions, update }: { model: string; where: Condition[]; update: T }) => {
          const [row] = await sql()<
            Row[]
          >`update ${sql()(model)} set ${sql()(keptRow(model, update as Row))} ${where(model, conditions)} returning *`
          return (row ? shownRow(model, row, tokenOf(conditions)) : null) as T | null
        },
        updateMany: async ({ model, where: conditions, update }) => {
          const done = await sql()`update ${sql()(model)} set ${sql()(keptRow(model, update))} ${where(model, conditions)}`
          return done.count
        },
        delete: async ({ model, where: conditions }) => {
          await sql()`delete from ${sql()(model)} ${where(model, conditions)}`
        },
        deleteMany: async ({ model, where: conditions }) => (await sql()`delete from ${sql()(model)} ${where(model, conditions)}`).count,
        consumeOne: async <T>({ model, where: conditions }: { model: string; where: Condition[] }) => {
          const [row] = await sql()<Row[]>`delete from ${sql()(model)}
            where id = (select id from ${sql()(model)} ${where(model, conditions)} limit 1 for update) returning *`
          return (row ?? null) as T | null
        },
        incrementOne: async <T>({ model, where: conditions, increment, set }: Increment) => {
          const sums = Object.entries(increment).map(([field, by]) => sql()`${sql()(field)} = ${sql()(field)} + ${by}`)
          const values = Object.entries(set ?? {}).map(([field, value]) => sql()`${sql()(field)} = ${value as string}`)
          const [first, ...others] = [...sums, ...values]
          if (!first) return null
          const changes = others.reduce((all, each) => sql()`${all}, ${each}`, first)
          const [row] = await sql()<Row[]>`update ${sql()(model)} set ${changes} ${where(model, conditions)} returning *`
          return (row ?? null) as T | null
        },
        count: async ({ model, where: conditions }) => {
          const [row] = await sql()<{ count: number }[]>`select count(*)::int as count from ${sql()(model)} ${where(model, conditions)}`
          return row?.count ?? 0
        },
      }
    },
  })

interface FindMany {
  model: string
  where?: Condition[] | undefined
  limit: number
  select?: string[] | undefined
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined
  offset?: number | undefined
}

interface Increment {
  model: string
  where: Condition[]
  increment: Record<string, number>
  set?: Record<string, unknown> | undefined
}

const hash = (token: string) => tokenHash(token).toString('hex')

function hashedToken(model: string, field: string, value: unknown): unknown {
  if (model !== 'auth_session' || field !== 'token') return value
  return Array.isArray(value) ? value.map((each) => hash(String(each))) : hash(String(value))
}

const keptRow = (model: string, row: Row): Row =>
  model === 'auth_session' && typeof row['token'] === 'string' ? { ...row, token: hash(row['token']) } : row

/** A session's row with the token that the library knows, which the table does not. */
const shownRow = (model: string, row: Row, token: unknown): Row =>
  model === 'auth_session' && typeof token === 'string' ? { ...row, token } : row

const tokenOf = (conditions: readonly Condition[]): unknown => conditions.find(({ field }) => field === 'token')?.value
