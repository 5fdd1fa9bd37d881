import type { Company, edit } from '@zhike/contract/platform/settings.ts'
import type { z } from 'zod'
import type { Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { refuseStale } from '../http/version.ts'

/** The company; undefined before the first run. */
export async function findCompany(tx: Tx): Promise<Company | undefined> {
  const [company] = await tx<Company[]>`
    select name, time_zone as "timeZone", currency, locale, margin::float8 as margin, generated, version from company`
  return company && { ...company, margin: Number(company.margin.toFixed(6)) }
}

/** @throws Problem `setup-needed` */
export async function getCompany(tx: Tx): Promise<Company> {
  const company = await findCompany(tx)
  if (!company) throw new Problem('setup-needed')
  return company
}

/** @throws Problem `setup-needed`, `version-required`, `edit-conflict` */
export async function editCompany(tx: Tx, change: z.output<typeof edit.body>, expected: number | undefined): Promise<Company> {
  await tx`select 1 from company for update`
  const company = await getCompany(tx)
  refuseStale(expected, company.version)
  const { name = company.name, timeZone = company.timeZone, locale = company.locale, margin = company.margin } = change
  await tx`update company set name = ${name}, time_zone = ${timeZone}, locale = ${locale}, margin = ${margin}, version = version + 1`
  return getCompany(tx)
}
