import { NewPassword } from '@zhike/contract/platform/people.ts'
import type { CompanyDraft } from '@zhike/contract/platform/settings.ts'
import { type Config, ConfigProblem } from '../../config.ts'
import { audit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { Problem } from '../http/problem.ts'
import { administratorCode, keepBuiltInRoles } from '../permissions/built-in-roles.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { createApiKey, keyExpiry } from './api-keys.ts'
import { refuseWeak, setPassword } from './passwords.ts'
import { signsFor } from './signs-for.ts'

export interface FirstRun {
  company: CompanyDraft
  administrator: { name: string; email: string; password: string }
  /** The data to come are those of the demo. */
  generated?: boolean
}

/** Whether nobody has set up the company yet. */
export async function isSetupNeeded(tx: Tx): Promise<boolean> {
  const [company] = await tx`select 1 from company`
  return company === undefined
}

/**
 * Makes the company and its first administrator. Of two first runs at once one wins: there is room for one company.
 * @returns the administrator's id
 * @throws Problem `setup-done`, `password-too-weak`
 */
export async function setUp(tx: Tx, { company, administrator, generated = false }: FirstRun): Promise<string> {
  if (!(await isSetupNeeded(tx))) throw new Problem('setup-done')
  refuseWeak(administrator.password, [administrator.email, administrator.name, company.name])
  const userId = newId()
  const [made] = await tx`insert into company (name, time_zone, currency, locale, generated)
    values (${company.name}, ${company.timeZone}, ${company.currency}, ${company.locale}, ${generated})
    on conflict do nothing returning 1`
  if (!made) throw new Problem('setup-done')
  await tx`insert into users (id, name, email, locale) values (${userId}, ${administrator.name}, ${administrator.email}, ${company.locale})`
  await tx`insert into user_role (user_id, role_id) select ${userId}, id from role where code = ${administratorCode}`
  await setPassword(tx, userId, administrator.password)
  await signsFor(tx, userId, 'system')
  return userId
}

export interface UnattendedSetup {
  admin: { email: string; password: string; apiKey?: string | undefined }
  /** The company of the demo; its data are marked as generated, and `company` does not apply. */
  demo?: boolean
  company?: Config['company']
}

const ordinary: Config['company'] = { name: undefined, timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' }
const nameless = { zh: { company: '我的公司', administrator: '管理员' }, en: { company: 'My company', administrator: 'Administrator' } }

/**
 * The first run without a browser, from the settings of the operator; does nothing when the company exists.
 * @returns whether it did
 * @throws ConfigProblem when the password is too weak
 */
export async function setupUnattended(
  database: Database,
  { admin, demo = false, company: wanted = ordinary }: UnattendedSetup,
): Promise<boolean> {
  await keepBuiltInRoles(database.system)
  return systemTransaction(database, undefined, async (tx) => {
    if (!(await isSetupNeeded(tx))) return false
    const email = admin.email.trim().toLowerCase()
    if (!NewPassword.safeParse(admin.password).success) throw weakPassword()
    const names = nameless[demo ? 'zh' : wanted.locale]
    const company: CompanyDraft = demo ? { ...ordinary, name: '演示公司' } : { ...wanted, name: wanted.name ?? names.company }
    const administrator = { name: names.administrator, email, password: admin.password }
    const userId = await setUp(tx, { company, administrator, generated: demo }).catch((error: unknown) => {
      if (error instanceof Problem && error.problem === 'setup-done') return undefined
      throw error instanceof Problem && error.problem === 'password-too-weak' ? weakPassword() : error
    })
    if (userId === undefined) return false
    if (admin.apiKey !== undefined) {
      const expiresAt = keyExpiry(new Date(), 365)
      await createApiKey(tx, { userId, name: 'ZHIKE_ADMIN_API_KEY', rights: null, expiresAt, key: admin.apiKey })
    }
    await audit(tx, {
      action: 'setup.run',
      object: 'setup',
      objectId: userId,
      details: { unattended: true, apiKey: admin.apiKey !== undefined },
    })
    return true
  })
}

const weakPassword = () =>
  new ConfigProblem([
    {
      en: 'ZHIKE_ADMIN_PASSWORD is too easy to guess: use 8 to 128 characters and no common password.',
      zh: 'ZHIKE_ADMIN_PASSWORD 太容易猜到：请用 8 到 128 个字符，不要用常见密码。',
    },
  ])
