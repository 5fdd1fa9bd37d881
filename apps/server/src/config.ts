import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { TimeZone } from '@zhike/contract/platform/settings.ts'
import { Locale } from '@zhike/contract/texts/locale.ts'
import { z } from 'zod'

/** What a process does: one does everything by default, on many machines each does a part. */
export const roles = ['web', 'worker', 'scheduler'] as const
export type Role = (typeof roles)[number]

interface Setting {
  readonly schema: z.ZodType
  /** As written in the environment; undefined when there is none. */
  readonly fallback?: string
  /** Never shown in full, in a log or on a screen. */
  readonly secret?: true
  readonly help: string
}

const text = z.string().trim().min(1)
const wholeNumber = z.string().regex(/^\d+$/, 'a whole number is needed').transform(Number)
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const roleList = list.pipe(z.array(z.enum(roles)).min(1)).transform((names) => [...new Set(names)])

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
const isTimeZone = (name: string) => TimeZone.safeParse(name).success

/** Every setting of the server. The reference page is made from this table. */
export const settings = {
  ZHIKE_DATA: {
    schema: text.transform((folder) => resolve(folder)),
    fallback: './data',
    help: 'Folder of everything the installation keeps: both databases, files, secrets. One server at a time may use it.',
  },
  ZHIKE_PORT: {
    schema: wholeNumber.pipe(z.int().max(65_535)),
    fallback: '8080',
    help: 'Port the server listens on; 0 takes any free one.',
  },
  ZHIKE_HOST: {
    schema: text,
    fallback: '127.0.0.1',
    help: 'Address the server listens on; 0.0.0.0 lets other machines in, which should happen behind a proxy with TLS.',
  },
  ZHIKE_PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'an address beginning with http:// or https:// is needed' }).transform(withoutSlash),
    help: 'Address under which people reach the server, used in links and to decide on secure cookies. Default: host and port above.',
  },
  ZHIKE_TRUSTED_PROXIES: {
    schema: list.pipe(z.array(z.string().refine(isAddressRange, 'IP addresses or ranges such as 10.0.0.0/8 are needed'))),
    fallback: '',
    help: 'Proxies in front of the server whose X-Forwarded-For is believed: addresses or ranges, separated by commas.',
  },
  ZHIKE_ROLES: {
    schema: roleList,
    fallback: 'web,worker,scheduler',
    help: 'What this process does: web answers requests, worker runs jobs, scheduler starts them on time. The flag --roles goes before it.',
  },
  ZHIKE_DATABASE_URL: {
    schema: text,
    secret: true,
    help: 'PostgreSQL 18 or later instead of the embedded one: postgres://user:password@host:5432/zhike, with ?sslmode=require for TLS.',
  },
  ZHIKE_WAREHOUSE_URL: {
    schema: text,
    secret: true,
    help: 'ClickHouse 25.8 or later instead of the embedded one: http://user:password@host:8123/zhike, or https.',
  },
  ZHIKE_SECRET: {
    schema: text.min(32, 'at least 32 characters are needed'),
    secret: true,
    help: 'Signs sessions and encrypts stored credentials; the same on all machines. Default: made at the first start and kept in the data folder.',
  },
  ZHIKE_ADMIN_EMAIL: {
    schema: z.email('an e-mail address is needed'),
    help: 'With ZHIKE_ADMIN_PASSWORD: the first administrator, made at the first start without asking in the browser.',
  },
  ZHIKE_ADMIN_PASSWORD: {
    schema: z.string().min(1),
    secret: true,
    help: 'Password of the first administrator.',
  },
  ZHIKE_ADMIN_API_KEY: {
    schema: text.min(32, 'at least 32 characters are needed'),
    secret: true,
    help: 'An API key of the first administrator for scripts, at least 32 characters.',
  },
  ZHIKE_COMPANY_NAME: {
    schema: text.max(120),
    help: 'Name of the company made with the first administrator; 我的公司, or My company, without it. Like the three below, it counts at the first start only, and not for the demo.',
  },
  ZHIKE_COMPANY_TIME_ZONE: {
    schema: text.refine(isTimeZone, 'a time zone such as Asia/Shanghai is needed'),
    fallback: 'Asia/Shanghai',
    help: 'Time zone of that company, in which its days and months are cut.',
  },
  ZHIKE_COMPANY_CURRENCY: {
    schema: text.refine((code) => currencies.has(code), 'an ISO 4217 code such as CNY is needed'),
    fallback: 'CNY',
    help: 'Currency of that company and of its reports, by its ISO 4217 code.',
  },
  ZHIKE_COMPANY_LOCALE: {
    schema: Locale,
    fallback: 'zh',
    help: 'Language of that company and its administrator: zh or en.',
  },
  ZHIKE_BACKUP_FOLDER: {
    schema: text.transform((folder) => resolve(folder)),
    help: 'Folder that backups are written to, best on another disk. Default: backups in the data folder.',
  },
  ZHIKE_ARCHIVE_FOLDER: {
    schema: text.transform((folder) => resolve(folder)),
    help: 'Folder, on another disk, that every change is copied to within a minute, so that a restore loses no more than that; the server then also backs itself up every night. Default: none.',
  },
  ZHIKE_UPLOAD_LIMIT_MB: {
    schema: wholeNumber.pipe(z.int().min(1)),
    fallback: '500',
    help: 'Largest file that may be uploaded, in megabytes.',
  },
  ZHIKE_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    fallback: 'info',
    help: 'Least important messages that are written to the log.',
  },
} as const satisfies Record<string, Setting>

/** Names that belong to the command line and the tests: no concern of the server, no mistake either. */
export const otherNames: Readonly<Record<string, string>> = {
  ZHIKE_URL: 'Command line: address of the server.',
  ZHIKE_API_KEY: 'Command line: API key to speak to the server with.',
  ZHIKE_PROVE_EDITS: 'Tests: random edits made before the warehouse is compared with a rebuilt one; 200 without it.',
  ZHIKE_PROVE_KILLINGS: 'Tests: how often workers and engines are killed while the warehouse is brought up to date; 4 without it.',
  ZHIKE_REFERENCE_DATA: 'Tests: folder of the public data sets; tests that use them are skipped without it.',
}

type SettingName = keyof typeof settings
type Value<Name extends SettingName> = z.output<(typeof settings)[Name]['schema']>

export interface Config {
  readonly dataFolder: string
  readonly port: number
  readonly host: string
  /** Without a slash at the end; undefined: derived from where the server listens. */
  readonly publicUrl: string | undefined
  readonly trustedProxies: readonly string[]
  readonly roles: readonly Role[]
  readonly databaseUrl: string | undefined
  readonly warehouseUrl: string | undefined
  /** Undefined: the one kept in the data folder. */
  readonly secret: string | undefined
  readonly admin: { readonly email: string; readonly password: string; readonly apiKey: string | undefined } | undefined
  /** What is made with that administrator; the name undefined: one in the language. */
  readonly company: { readonly name: string | undefined; readonly timeZone: string; readonly currency: string; readonly locale: Locale }
  readonly backupFolder: string
  readonly archiveFolder: string | undefined
  readonly uploadLimitBytes: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** Settings or flags that do not make sense: sentences for the operator, one per line. */
export class ConfigProblem extends Error {
  readonly texts: { readonly en: string; readonly zh: string }

  constructor(problems: readonly Sentence[]) {
    super(problems.map(({ en }) => en).join('\n'))
    this.name = 'ConfigProblem'
    this.texts = { en: this.message, zh: problems.map(({ zh }) => zh).join('\n') }
  }
}

interface Sentence {
  readonly en: string
  readonly zh: string
}

/**
 * The configuration from environment variables; an empty one counts as not set.
 * @throws ConfigProblem naming every wrong value and every unknown ZHIKE_ name, the latter with the nearest known one
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems = Object.keys(env).filter(isUnknown).map(unknownName)
  const value = <Name extends SettingName>(name: Name): Value<Name> | undefined => {
    const setting: Setting = settings[name]
    const written = env[name] === undefined || env[name] === '' ? setting.fallback : env[name]
    if (written === undefined) return undefined
    const parsed = setting.schema.safeParse(written)
    if (!parsed.success) problems.push(wrongValue(name, setting, written, parsed.error))
    return parsed.data as Value<Name> | undefined
  }
  const known = <Name extends SettingName>(name: Name) => value(name) as Value<Name>

  const config: Config = {
    dataFolder: known('ZHIKE_DATA'),
    port: known('ZHIKE_PORT'),
    host: known('ZHIKE_HOST'),
    publicUrl: value('ZHIKE_PUBLIC_URL'),
    trustedProxies: known('ZHIKE_TRUSTED_PROXIES'),
    roles: known('ZHIKE_ROLES'),
    databaseUrl: value('ZHIKE_DATABASE_URL'),
    warehouseUrl: value('ZHIKE_WAREHOUSE_URL'),
    secret: value('ZHIKE_SECRET'),
    admin: administrator(value('ZHIKE_ADMIN_EMAIL'), value('ZHIKE_ADMIN_PASSWORD'), value('ZHIKE_ADMIN_API_KEY'), problems),
    company: {
      name: value('ZHIKE_COMPANY_NAME'),
      timeZone: known('ZHIKE_COMPANY_TIME_ZONE'),
      currency: known('ZHIKE_COMPANY_CURRENCY'),
      locale: known('ZHIKE_COMPANY_LOCALE'),
    },
    backupFolder: value('ZHIKE_BACKUP_FOLDER') ?? join(known('ZHIKE_DATA'), 'backups'),
    archiveFolder: value('ZHIKE_ARCHIVE_FOLDER'),
    uploadLimitBytes: known('ZHIKE_UPLOAD_LIMIT_MB') * 1024 * 1024,
    logLevel: known('ZHIKE_LOG_LEVEL'),
  }
  if (problems.length > 0) throw new ConfigProblem(problems)
  return config
}

function administrator(email: string | undefined, password: string | undefined, apiKey: string | undefined, problems: Sentence[]) {
  if (email !== undefined && password !== undefined) return { email, password, apiKey }
  if (email !== undefined || password !== undefined || apiKey !== undefined) {
    problems.push({
      en: 'ZHIKE_ADMIN_EMAIL and ZHIKE_ADMIN_PASSWORD belong together; ZHIKE_ADMIN_API_KEY needs both.',
      zh: 'ZHIKE_ADMIN_EMAIL 与 ZHIKE_ADMIN_PASSWORD 必须同时设置；ZHIKE_ADMIN_API_KEY 需要这两项。',
    })
  }
  return undefined
}

function isUnknown(name: string): boolean {
  return name.startsWith('ZHIKE_') && !Object.hasOwn(settings, name) && !Object.hasOwn(otherNames, name)
}

function unknownName(name: string): Sentence {
  const nearest = nearestOf(name, [...Object.keys(settings), ...Object.keys(otherNames)])
  return { en: `${name} is not a setting; did you mean ${nearest}?`, zh: `没有名为 ${name} 的设置；您是否想写 ${nearest}？` }
}

function wrongValue(name: string, setting: Setting, written: string, error: z.ZodError): Sentence {
  const shown = setting.secret === true ? '…' : written
  const reason = error.issues[0]?.message ?? ''
  return { en: `${name} cannot be "${shown}": ${reason}.`, zh: `${name} 的值“${shown}”无效：${reason}。` }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function isAddressRange(range: string): boolean {
  const [address = '', bits] = range.split('/')
  const version = isIP(address)
  return version !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
}

/** The known name that needs the fewest changes of a letter. */
function nearestOf(name: string, names: readonly string[]): string {
  const ranked = names.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.candidate ?? ''
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

export interface Arguments {
  /** Goes before ZHIKE_ROLES. */
  readonly roles: readonly Role[] | undefined
  /** Load the demo company into an empty data folder. */
  readonly demo: boolean
  /** Bring the schema up to date and end. */
  readonly migrateOnly: boolean
  /** Put this backup into the empty data folder and end. */
  readonly restore: string | undefined
  /** Goes on from the backup with the changes in this archive, up to this moment or to the end. */
  readonly archive: string | undefined
  readonly until: string | undefined
}

/**
 * The flags of the server: `--roles web,worker`, `--demo`, `--migrate-only`, `--restore FOLDER`
 * (`--archive FOLDER`, `--until MOMENT`).
 * @param argv without the program and the file
 * @throws ConfigProblem for anything else
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { roles: written, demo = false, 'migrate-only': migrateOnly = false, restore, archive, until } = parsedFlags(argv)
  const flags = { demo, migrateOnly, restore, archive, until }
  if (until !== undefined && !z.iso.datetime({ offset: true }).safeParse(until).success) {
    throw new ConfigProblem([
      {
        en: `--until cannot be "${until}": a moment such as 2026-01-31T08:05:00Z is needed.`,
        zh: `--until 的值“${until}”无效：应为 2026-01-31T08:05:00Z 这样的时刻。`,
      },
    ])
  }
  if (written === undefined) return { roles: undefined, ...flags }
  const parsed = roleList.safeParse(written)
  if (parsed.success) return { roles: parsed.data, ...flags }
  throw new ConfigProblem([
    {
      en: `--roles cannot be "${written}": choose from ${roles.join(', ')}, separated by commas.`,
      zh: `--roles 的值“${written}”无效：请从 ${roles.join('、')} 中选择，用英文逗号分隔。`,
    },
  ])
}

function parsedFlags(argv: readonly string[]) {
  try {
    const options = {
      roles: { type: 'string' },
      demo: { type: 'boolean' },
      'migrate-only': { type: 'boolean' },
      restore: { type: 'string' },
      archive: { type: 'string' },
      until: { type: 'string' },
    } as const
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values
  } catch (error) {
    const known = '--roles=…, --demo, --migrate-only, --restore=…, --archive=…, --until=…'
    const { message } = error as Error
    throw new ConfigProblem([{ en: `${message}. Known flags: ${known}.`, zh: `命令行参数有误（${message}）。可用参数：${known}。` }])
  }
}
