import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type RunningApp, startApp } from './app.ts'
import { type Arguments, type Config, ConfigProblem, parseArguments, parseConfig } from './config.ts'
import { loadDemoAtStart } from './demo/at-start.ts'
import { setupUnattended } from './platform/auth/setup.ts'
import { keepArchive } from './platform/backup/archive.ts'
import { backupBeforeUpgrade } from './platform/backup/before-upgrade.ts'
import { restore } from './platform/backup/restore.ts'
import { openDatabase } from './platform/database/database.ts'
import { migrate, rolePassword, UnsafeUpgrade } from './platform/database/migrate.ts'
import { EngineProblem } from './platform/engines/engine-problems.ts'
import { type Engines, type Log, startEngines } from './platform/engines/engines.ts'
import { folderSecrets } from './platform/engines/secrets.ts'
import { prepareQueue } from './platform/jobs/queue.ts'
import { createLogger } from './platform/log/logger.ts'
import { progressBar } from './progress-bar.ts'

/** What went wrong, in words for whoever started the server; a stack trace only for what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof EngineProblem || error instanceof ConfigProblem) return `${error.texts.en}\n${error.texts.zh}`
  if (error instanceof UnsafeUpgrade) return error.message
  const { code, port } = (error ?? {}) as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: set ZHIKE_PORT to another one.\n端口 ${port} 已被占用：请把 ZHIKE_PORT 设为其他端口。`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const stopping: (() => Promise<void>)[] = []
let ending: Promise<never> | undefined

function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const stop of stopping.reverse()) await stop().catch(() => {})
    process.exit(code)
  })()
  return ending
}

async function main(): Promise<void> {
  const flags = parseArguments(process.argv.slice(2))
  const config = parseConfig(process.env)
  const roles = flags.roles ?? config.roles
  const logger = createLogger(flags.demo && config.logLevel === 'info' ? 'warn' : config.logLevel)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))
  watchParent()
  if (flags.restore !== undefined) {
    if (config.databaseUrl !== undefined) throw new EngineProblem('backup-external')
    await restoreInto(config.dataFolder, flags.restore, flags)
    return end(0)
  }

  const log: Log = (level, message, fields) => logger[level](fields ?? {}, message)
  const engines = await startEngines({
    dataFolder: config.dataFolder,
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}),
    ...(config.warehouseUrl ? { warehouseUrl: config.warehouseUrl } : {}),
    log,
    archive: config.archiveFolder,
  })
  stopping.push(() => engines.stop())
  const secret = config.secret ?? folderSecrets(config.dataFolder).applicationSecret
  const { from, to } = await migrate(engines.database, secret, async (before) => {
    const kept = await backupBeforeUpgrade(engines, before, config.backupFolder)
    if (kept) logger.info({ kept }, 'backup before the schema upgrade')
  })
  if (from !== to) logger.info({ from, to }, 'schema migrated')
  await prepareQueue(engines.database, secret)
  if (flags.migrateOnly) return end(0)

  const demo = flags.demo
    ? { email: config.admin?.email ?? 'admin@example.com', password: config.admin?.password ?? randomBytes(12).toString('base64url') }
    : undefined
  const created = await firstAdministrator(
    engines,
    secret,
    demo ? { ...demo, apiKey: config.admin?.apiKey } : config.admin,
    config.company,
    flags.demo,
  )
  const app = await startApp({
    database: engines.database,
    warehouse: { url: engines.warehouse.url, database: 'zhike' },
    secret,
    dataFolder: `${config.dataFolder}/files`,
    backupFolder: config.backupFolder,
    backupNightly: config.archiveFolder !== undefined && engines.kind.database === 'embedded',
    engines,
    host: config.host,
    port: config.port,
    roles,
    logger,
    trustedProxies: config.trustedProxies,
    uploadLimit: config.uploadLimitBytes,
    enginesUp: () => Object.values(engines.status()).every((status) => status === 'up'),
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}),
  })
  stopping.push(() => app.stop())
  if (config.archiveFolder && engines.kind.database === 'embedded') {
    stopping.push(keepArchive({ archive: config.archiveFolder, files: `${config.dataFolder}/files`, backups: config.backupFolder, log }))
  }
  if (flags.demo) await loadDemoAtStart(app, config.dataFolder)
  announce(app, demo && created ? demo : undefined)
}

/** Puts a backup into the empty data folder. No engine runs yet: the next start brings the database to the state it had. */
async function restoreInto(dataFolder: string, folder: string, { archive, until }: Pick<Arguments, 'archive' | 'until'>): Promise<void> {
  const bar = progressBar('Restore 恢复')
  const { createdAt, files } = await restore(folder, dataFolder, {
    onProgress: (done, all) => bar.show(done / all, ''),
    ...(archive ? { archive: { folder: archive, until } } : {}),
  })
  bar.end()
  console.log(`Restored ${files.length} files of ${createdAt}. 已恢复 ${createdAt} 的备份，共 ${files.length} 个文件。`)
}

/** Makes the company and its first administrator when settings name one and there is none. @returns whether it did */
async function firstAdministrator(
  engines: Engines,
  secret: string,
  admin: { email: string; password: string; apiKey: string | undefined } | undefined,
  company: Config['company'],
  demo: boolean,
): Promise<boolean> {
  if (!admin) return false
  const database = openDatabase(engines.database, rolePassword(secret), { app: 1, system: 2 })
  try {
    return await setupUnattended(database, { admin, demo, company })
  } finally {
    await database.close()
  }
}

function announce(app: RunningApp, account: { email: string; password: string } | undefined): void {
  console.log(`\nZhike 知客  ${app.url}`)
  if (account)
    console.log(
      `Administrator 管理员: ${account.email}  Password 密码: ${account.password}\nShown once; write it down. 只显示这一次，请记下。`,
    )
}

/** Started by npm, which may be killed without a word: then the server must not stay behind. */
function watchParent(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void end(0)
  }, 2000).unref()
}

main().catch((error: unknown) => {
  console.error(explain(error))
  void end(1)
})
