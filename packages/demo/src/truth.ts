import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { channels } from './channels.ts'
import { openCsvFile } from './csv-file.ts'
import type { Day } from './days.ts'
import { isoDay } from './days.ts'
import type { Membership } from './memberships.ts'
import type { Person } from './people.ts'
import type { Purchases } from './purchases.ts'
import type { Bought } from './sales.ts'

/** Who is the same person: one row per record of a channel. */
export function writeSamePerson(folder: string, people: readonly Person[], memberships: readonly Membership[]): void {
  const file = openCsvFile(join(folder, 'same-person.csv'), ['channel', 'external_id', 'member_number', 'person', 'error', 'guard'])
  for (const record of memberships) {
    const card = record.channel === 'till' ? record.memberNumber : null
    file.row([channels[record.channel].code, record.externalId, card, people[record.person]?.id ?? null, record.error, record.guard])
  }
  file.close()
}

const weeks = (from: Day, to: Day) => Math.round(((to - from) / 7) * 1000) / 1000
const yuan = (fen: number) => Math.round(fen) / 100

/**
 * The true habit of every person beside what came of it: transactions per week while alive, drop-out probability after each
 * purchase, the week of the drop-out counted from the first purchase (empty = alive on the last day, or never bought), mean
 * spend per transaction in yuan; and orders and spend as they stand in the files, returns not taken off.
 */
export function writeRates(folder: string, people: readonly Person[], purchases: readonly Purchases[], bought: readonly Bought[]): void {
  const header = 'person kind segment rate_per_week drop_probability dropout_week mean_spend first_purchase_on orders spend'.split(' ')
  const file = openCsvFile(join(folder, 'rates.csv'), header)
  people.forEach((person, index) => {
    const { rate, dropProbability, meanSpend, firstDay } = person.habit
    const gone = purchases[index]?.droppedOut ?? null
    file.row([
      person.id,
      person.kind,
      person.segment,
      rate.toPrecision(6),
      dropProbability.toPrecision(6),
      gone === null || firstDay === null ? null : weeks(firstDay, gone),
      yuan(meanSpend),
      firstDay === null ? null : isoDay(firstDay),
      bought[index]?.orders ?? 0,
      yuan(bought[index]?.spend ?? 0),
    ])
  })
  file.close()
}

/** Opens the folder of the truth beside the files. */
export function truthFolder(outFolder: string): string {
  const folder = join(outFolder, 'truth')
  mkdirSync(folder, { recursive: true })
  return folder
}

export const writeJson = (path: string, value: unknown): void => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
