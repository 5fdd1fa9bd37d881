import { createHash, createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { DatabaseAddress } from '../engines/engines.ts'
import { connect, type DatabaseRole, type Sql } from './database.ts'

const folder = new URL('./migrations/', import.meta.url)
const roles = ['zhike_app', 'zhike_system'] as const satisfies readonly DatabaseRole[]

export interface Migration {
  number: number
  name: string
  text: string
  hash: string
}

/** The numbered, forward-only migrations, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** The password of a database role, derived so that every process of an installation knows it and no file holds it. */
export const rolePassword = (secret: string) => (role: DatabaseRole) =>
  createHmac('sha256', secret).update(`database-role:${role}`).digest('base64url')

/** The data does not fit this version of the program, and must not be touched. */
export class UnsafeUpgrade extends Error {
  override name = 'UnsafeUpgrade'
}

/**
 * Brings the database to this version's schema. Each migration is one transaction; a second process waits for the first.
 * @param beforeUpgrade called once when a database that is already in use is about to change: the place for a backup
 * @throws UnsafeUpgrade when the database was made by a newer version or its applied migrations differ from ours
 */
export async function migrate(
  address: DatabaseAddress,
  secret: string,
  beforeUpgrade: (from: number, to: number) => Promise<void> = async () => {},
): Promise<{ from: number; to: number }> {
  const sql = connect(address, { max: 1, name: 'zhike_migrate' })
  try {
    await sql`select pg_advisory_lock(hashtext('zhike_migrate'))`
    await makeRoles(sql, secret)
    await sql`create table if not exists schema_migration (
      number int primary key, name text not null, hash text not null, at timestamptz not null default now())`
    const applied = await sql<
      { number: number; name: string; hash: string }[]
    >`select number, name, hash from schema_migration order by number`
    const migrations = await readMigrations()
    refuseUnsafe(applied, migrations)
    const from = applied.at(-1)?.number ?? 0
    const missing = migrations.filter((migration) => migration.number > from)
    if (missing.length > 0 && from > 0) await beforeUpgrade(from, missing.at(-1)?.number ?? from)
    for (const migration of missing) {
      await sql.begin(async (tx) => {
        await tx.unsafe(migration.text)
        await tx`insert into schema_migration (number, name, hash) values (${migration.number}, ${migration.name}, ${migration.hash})`
      })
    }
    await sql`grant select on schema_migration to zhike_app, zhike_system`
    return { from, to: migrations.at(-1)?.number ?? 0 }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function refuseUnsafe(applied: readonly { number: number; name: string; hash: string }[], known: readonly Migration[]): void {
  for (const row of applied) {
    const ours = known.find((migration) => migration.number === row.number)
    if (!ours) {
      throw new UnsafeUpgrade(
        `The database holds schema ${row.name}, which this version does not know. Start the version that wrote it, or a newer one.`,
      )
    }
    if (ours.hash !== row.hash) {
      throw new UnsafeUpgrade(`The database was made with another text of ${row.name}. It cannot be upgraded by this version.`)
    }
  }
}

/** Roles belong to the cluster, so several databases of one server share them. */
async function makeRoles(sql: Sql, secret: string): Promise<void> {
  const passwordOf = rolePassword(secret)
  for (const role of roles) {
    const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
    const word = sql.unsafe(
      `${found ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password '${passwordOf(role)}'`,
    )
    // Two databases of one cluster may be made at once: whoever comes second finds the role there.
    await word.catch((error: { code?: string }) => {
      if (error.code !== '42710' && error.code !== '23505' && error.code !== 'XX000') throw error
    })
  }
}
