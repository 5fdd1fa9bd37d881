import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigProblem, parseArguments, parseConfig, settings } from './config.ts'

test('without any setting the server runs on this machine only, with every role, on ./data', () => {
  expect(parseConfig({})).toEqual({
    dataFolder: resolve('./data'),
    backupFolder: resolve('./data/backups'),
    port: 8080,
    host: '127.0.0.1',
    publicUrl: undefined,
    trustedProxies: [],
    roles: ['web', 'worker', 'scheduler'],
    databaseUrl: undefined,
    warehouseUrl: undefined,
    secret: undefined,
    admin: undefined,
    company: { name: undefined, timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' },
    uploadLimitBytes: 500 * 1024 * 1024,
    logLevel: 'info',
  })
})

test('an empty value counts as not set', () => {
  expect(parseConfig({ ZHIKE_PORT: '', ZHIKE_PUBLIC_URL: '' })).toMatchObject({ port: 8080, publicUrl: undefined })
})

test('given values are parsed', () => {
  const config = parseConfig({
    ZHIKE_PORT: '0',
    ZHIKE_PUBLIC_URL: 'https://crm.example.cn/',
    ZHIKE_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    ZHIKE_ROLES: 'web, web',
    ZHIKE_ADMIN_EMAIL: 'boss@example.cn',
    ZHIKE_ADMIN_PASSWORD: 'a long enough one',
    ZHIKE_COMPANY_NAME: ' Tea & Co ',
    ZHIKE_COMPANY_TIME_ZONE: 'Europe/London',
    ZHIKE_COMPANY_CURRENCY: 'GBP',
    ZHIKE_COMPANY_LOCALE: 'en',
  })
  expect(config).toMatchObject({
    port: 0,
    publicUrl: 'https://crm.example.cn',
    trustedProxies: ['10.0.0.0/8', '::1'],
    roles: ['web'],
    admin: { email: 'boss@example.cn', password: 'a long enough one', apiKey: undefined },
    company: { name: 'Tea & Co', timeZone: 'Europe/London', currency: 'GBP', locale: 'en' },
  })
})

test.each([
  ['ZHIKE_PROT', 'ZHIKE_PORT'],
  ['ZHIKE_DATABSE_URL', 'ZHIKE_DATABASE_URL'],
  ['ZHIKE_APIKEY', 'ZHIKE_API_KEY'],
])('the unknown name %s is refused and %s proposed', (name, nearest) => {
  expect(() => parseConfig({ [name]: 'x' })).toThrow(`${name} is not a setting; did you mean ${nearest}?`)
})

test('names of the command line, of the tests and of other programs are no mistake', () => {
  expect(() => parseConfig({ ZHIKE_URL: 'x', ZHIKE_API_KEY: 'x', ZHIKE_REFERENCE_DATA: 'x', PATH: 'x' })).not.toThrow()
})

test.each([
  ['ZHIKE_PORT', '80a'],
  ['ZHIKE_PORT', '65536'],
  ['ZHIKE_PUBLIC_URL', 'crm.example.cn'],
  ['ZHIKE_TRUSTED_PROXIES', 'proxy'],
  ['ZHIKE_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['ZHIKE_ROLES', 'web,cook'],
  ['ZHIKE_ROLES', ','],
  ['ZHIKE_LOG_LEVEL', 'loud'],
  ['ZHIKE_UPLOAD_LIMIT_MB', '0'],
  ['ZHIKE_COMPANY_TIME_ZONE', 'Asia/Atlantis'],
  ['ZHIKE_COMPANY_CURRENCY', 'QQQ'],
  ['ZHIKE_COMPANY_CURRENCY', 'cny'],
  ['ZHIKE_COMPANY_LOCALE', 'fr'],
])('%s cannot be %s', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(`${name} cannot be "${value}"`)
})

test('a wrong secret is not repeated in the message', () => {
  expect(() => parseConfig({ ZHIKE_SECRET: 'hunter2' })).toThrow('ZHIKE_SECRET cannot be "…": at least 32 characters are needed.')
})

test('an administrator needs e-mail and password', () => {
  expect(() => parseConfig({ ZHIKE_ADMIN_EMAIL: 'boss@example.cn' })).toThrow('belong together')
})

test('every mistake is named, in both languages', () => {
  const problem = problemOf(() => parseConfig({ ZHIKE_PORT: 'x', ZHIKE_DATE: 'y' }))
  expect(problem.texts.en.split('\n')).toHaveLength(2)
  expect(problem.texts.zh).toMatch(/没有名为 ZHIKE_DATE 的设置/)
})

test('every setting has a help sentence', () => {
  for (const { help } of Object.values(settings)) expect(help).toMatch(/\.$/)
})

test('flags choose the roles, the demo and migrating only', () => {
  expect(parseArguments([])).toEqual({ roles: undefined, demo: false, migrateOnly: false })
  expect(parseArguments(['--roles=web,worker', '--demo', '--migrate-only'])).toEqual({
    roles: ['web', 'worker'],
    demo: true,
    migrateOnly: true,
  })
  expect(parseArguments(['--roles', 'scheduler']).roles).toEqual(['scheduler'])
  expect(parseArguments(['--restore', 'backups/monday']).restore).toBe('backups/monday')
})

test.each([['--rolls=web'], ['--roles=cook'], ['--roles'], ['demo']])('the flag %s is refused', (flag) => {
  expect(() => parseArguments([flag])).toThrow(ConfigProblem)
})

function problemOf(run: () => unknown): ConfigProblem {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigProblem) return error
  }
  throw new Error('no problem was thrown')
}
