import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createCalendar } from './calendar.ts'
import { salesChannels } from './channels.ts'
import { writeContacts } from './contacts.ts'
import { customerFiles, productFile } from './customer-files.ts'
import { dayOf, firstDayOfTwoYears, isoDay } from './days.ts'
import type { ManifestFile } from './file-format.ts'
import { openFormatted } from './file-format.ts'
import type { Membership } from './memberships.ts'
import { makeMemberships } from './memberships.ts'
import { scheduleOrders } from './order-schedule.ts'
import type { Person } from './people.ts'
import { makePeople } from './people.ts'
import { placeholderPhones } from './phones.ts'
import { products } from './products.ts'
import { drawPurchases } from './purchases.ts'
import { createRandom } from './random.ts'
import type { SalesCounts } from './sales.ts'
import { BASKET_SHAPE, writeSales } from './sales.ts'
import { habits } from './segments.ts'
import { truthFolder, writeJson, writeRates, writeSamePerson } from './truth.ts'

export interface CompanyOptions {
  /** A whole number; the same seed, size and last day give the same bytes. */
  seed: number
  /** People and companies together, at least 50. */
  people?: number
  /** The last day of the two years, YYYY-MM-DD. */
  endDate: string
  /** Made when it does not exist; files of the same names are overwritten. */
  outFolder: string
}

export interface Manifest {
  generated: true
  name: { zh: string; en: string }
  timeZone: string
  currency: string
  seed: number
  firstDay: string
  lastDay: string
  /** In the order of loading: products and customers before what refers to them. Paths are relative to the folder. */
  files: ManifestFile[]
  counts: SalesCounts & { people: number; organizations: number; records: number; products: number; contacts: number; rows: number }
}

export const companyName = { zh: '半山茶集(演示)', en: 'Banshan Tea (demo)' }

/**
 * Writes two years of trade of an invented tea retailer into `outFolder`, as its systems would export it, with `manifest.json`
 * and the truth in `truth/`. Deterministic; memory grows with the number of people, not with that of rows.
 * @throws RangeError for a size below 50, a seed that is no integer, or a date that does not exist
 */
export async function generateCompany({ seed, people: size = 20_000, endDate, outFolder }: CompanyOptions): Promise<Manifest> {
  if (!Number.isSafeInteger(seed)) throw new RangeError('seed must be an integer')
  if (!Number.isInteger(size) || size < 50) throw new RangeError('people must be an integer of at least 50')
  const lastDay = dayOf(endDate)
  const calendar = createCalendar(firstDayOfTwoYears(lastDay), lastDay)
  mkdirSync(outFolder, { recursive: true })

  const people = makePeople(seed, size, calendar)
  const random = createRandom(seed, 'purchases')
  const purchases = people.map((person) => drawPurchases(person, calendar, random))
  const memberships = makeMemberships(
    seed,
    people,
    purchases.map(({ droppedOut }) => droppedOut ?? lastDay),
    calendar,
  )
  const schedule = scheduleOrders(
    seed,
    purchases.map(({ days }) => days),
    memberships,
    calendar,
  )

  const catalogue = [writeProducts(outFolder), ...writeCustomers(seed, outFolder, people, memberships)]
  const sales = await writeSales(seed, outFolder, { people, memberships, schedule, lastDay })
  const lastPurchase = purchases.map(({ days }) => days.at(-1) ?? null)
  const contacts = writeContacts(seed, outFolder, { people, memberships, lastPurchase }, calendar)

  const files = inLoadOrder([...catalogue, ...sales.files, contacts])
  const manifest: Manifest = {
    generated: true,
    name: companyName,
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    seed,
    firstDay: isoDay(calendar.first),
    lastDay: endDate,
    files,
    counts: {
      people: people.filter(({ kind }) => kind === 'person').length,
      organizations: people.filter(({ kind }) => kind === 'organization').length,
      records: memberships.length,
      products: products.length,
      contacts: contacts.rows,
      ...sales.counts,
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
    },
  }
  const truth = truthFolder(outFolder)
  writeSamePerson(truth, people, memberships)
  writeRates(truth, people, purchases, sales.bought)
  writeJson(join(truth, 'company.json'), truthOf(manifest, memberships))
  writeJson(join(outFolder, 'manifest.json'), manifest)
  return manifest
}

const LOAD_ORDER = ['products', 'customers', 'order-lines', 'payments', 'returns', 'contacts'] as const

const inLoadOrder = (files: readonly ManifestFile[]): ManifestFile[] =>
  files.toSorted((a, b) => LOAD_ORDER.indexOf(a.importKind as 'products') - LOAD_ORDER.indexOf(b.importKind as 'products'))

function writeProducts(folder: string): ManifestFile {
  const file = openFormatted(folder, productFile)
  for (const product of products) file.write(product)
  return file.close()
}

function writeCustomers(seed: number, folder: string, people: readonly Person[], memberships: readonly Membership[]): ManifestFile[] {
  const random = createRandom(seed, 'spelling')
  return salesChannels.map((channel) => {
    const file = openFormatted(folder, customerFiles[channel])
    for (const record of memberships) {
      const person = people[record.person]
      if (record.channel === channel && person) file.write({ record, person, random })
    }
    return file.close()
  })
}

function truthOf(manifest: Manifest, memberships: readonly Membership[]) {
  const sizes = new Map<number, number>()
  for (const { person } of memberships) sizes.set(person, (sizes.get(person) ?? 0) + 1)
  return {
    generated: true,
    note: '程序生成的演示数据,与真实的人和企业无关。 Generated demonstration data: no real person or company is meant.',
    name: manifest.name,
    seed: manifest.seed,
    firstDay: manifest.firstDay,
    lastDay: manifest.lastDay,
    counts: manifest.counts,
    samePersonPairs: [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0),
    mistypedRecords: memberships.filter(({ error }) => error !== null).length,
    sharedLandlines: new Set(memberships.filter(({ guard }) => guard === 'shared-landline').map(({ phone }) => phone)).size,
    placeholderPhones,
    basketShape: BASKET_SHAPE,
    habits,
  }
}
