import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql, Tx } from '../../apps/server/src/platform/database/database.ts'

const piece = 256 * 1024

/** Rows of one table on their way into it by COPY. Every row has the columns of the first. */
export class CopyRows {
  readonly table: string
  rows = 0
  #columns: string[] = []
  #pieces: string[] = []
  #text = ''

  constructor(table: string) {
    this.table = table
  }

  add(row: Readonly<Record<string, unknown>>): void {
    if (this.rows === 0) this.#columns = Object.keys(row)
    this.rows += 1
    let line = ''
    for (const column of this.#columns) line += line === '' ? cell(row[column]) : `\t${cell(row[column])}`
    this.#text += `${line}\n`
    if (this.#text.length < piece) return
    this.#pieces.push(this.#text)
    this.#text = ''
  }

  /** Writes them all. */
  async send(owner: Sql): Promise<void> {
    if (this.rows === 0) return
    const columns = this.#columns.map((column) => `"${column}"`).join(', ')
    await withoutTriggers(owner, async (tx) => {
      await pipeline(Readable.from([...this.#pieces, this.#text]), await tx.unsafe(`copy ${this.table} (${columns}) from stdin`).writable())
    })
  }
}

/** Foreign keys are not looked up: the rows are made to fit. */
export async function withoutTriggers(owner: Sql, work: (tx: Tx) => Promise<void>): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await work(tx)
  })
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
