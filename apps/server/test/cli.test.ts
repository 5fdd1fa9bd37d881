import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type TestUser } from './harness.ts'
import { endOf, startZhike, zhike } from './zhike.ts'

let server: TestServer
let administrator: TestUser
const folder = mkdtempSync(join(tmpdir(), 'zhike-cli-'))

beforeAll(async () => {
  server = await startTestServer()
  administrator = await server.given.administrator()
  writeFileSync(join(folder, 'own.csv'), ownFile())
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => zhike(args, { url: server.url, apiKey: administrator.apiKey, cwd: folder })

const lastDay = Date.parse('2026-06-30T00:00:00Z')
const dayBefore = (days: number) => new Date(lastDay - days * 86_400_000).toISOString().slice(0, 10)

/**
 * Lines of the orders of 100 people under headers of the shop's own: ten of them were the best and have not come for a year,
 * the others came lately or bought little. The last row has no day.
 */
function ownFile(): string {
  const rows = ['Beleg,Kunde,Mobil,Tag,Artikel,Stück,Preis']
  for (let person = 0; person < 100; person += 1) {
    const lapsed = person < 10
    const orders = lapsed ? 12 : 1 + (person % 4)
    for (let order = 0; order < orders; order += 1) {
      const day = dayBefore(lapsed ? 365 + person + order * 9 : 1 + order * 20 + (orders >= 3 ? 0 : person))
      const mobile = `139${String(20_000_000 + person)}`
      rows.push(`B${person}-${order},K${person},${mobile},${day},A${order % 5},${1 + (order % 2)},${lapsed ? 900 : 20}.50`)
    }
  }
  return [...rows, 'B-last,K1,,someday,A1,1,5.00'].join('\n')
}

const map = ['--map', 'order=Beleg,customer=Kunde,date=Tag,product=Artikel,quantity=Stück,price=Preis']

describe('from an own file to the best customers about to be lost', () => {
  let importId = ''

  test('a dry run counts and writes nothing', async () => {
    const { code, stdout } = await run('import', 'order-lines', 'own.csv', ...map, '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toMatch(/348 rows checked: 347 good, 1 bad/)
    expect((await server.as(administrator)(imports.list, {})).items).toEqual([])
  })

  test('import prints counts, writes the failed rows, and with --strict says so by its exit code', async () => {
    const { code, result } = await run('import', 'order-lines', 'own.csv', ...map, '--failures', 'bad.csv', '--strict', '--json')
    expect(code).toBe(6)
    expect(result).toMatchObject({ state: 'done', channel: 'file', rows: 348, created: 347, failed: 1, failures: 'bad.csv' })
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toMatch(/B-last,K1,,someday,A1,1,5\.00,1,349,/)
    importId = String(result['importId'])
  })

  test('analyse rfm shows the groups', async () => {
    const { code, stdout, stderr } = await run('analyse', 'rfm', '--as-of', '2026-06-30')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/As of 2026-06-30: 100 customers/)
    expect(stdout).toMatch(/cannot-lose +Can't lose +10 /)
  })

  test('export names them, on the output or in a file', async () => {
    const listed = await run('export', 'rfm', '--group', 'cannot-lose')
    expect(listed.code).toBe(0)
    expect(listed.stdout.trim().split('\n')).toHaveLength(11)
    expect(listed.stdout).toMatch(/^\ufeffCustomer code,/)
    expect(listed.stderr).toMatch('10 customers')
    const saved = await run('export', 'rfm', '--group', "Can't lose", '--output', 'vips.xlsx', '--json')
    expect(saved).toMatchObject({ code: 0, result: { customers: 10, file: 'vips.xlsx', group: 'cannot-lose' } })
    expect(readFileSync(join(folder, 'vips.xlsx')).subarray(0, 2).toString()).toBe('PK')
  })

  test('analyse abc and clv end with their figures', async () => {
    const abc = await run('analyse', 'abc', '--as-of', '2026-06-30', '--json')
    expect(abc).toMatchObject({ code: 0, result: { method: 'abc', customers: 100, classes: expect.any(Array) } })
    const clv = await run('analyse', 'clv', '--as-of', '2026-06-30', '--horizon', '6', '--value', 'revenue', '--json')
    expect(clv.code).toBe(0)
    expect(clv.result).toMatchObject({ method: 'clv', customers: 100, horizonMonths: 6 })
    expect(clv.result['bgnbd']).toMatchObject(
      Object.fromEntries(['r', 'alpha', 'a', 'b', 'logLikelihood', 'customers', 'periods'].map((name) => [name, expect.any(Number)])),
    )
    expect(clv.result['gammaGamma']).toMatchObject(
      Object.fromEntries(['p', 'q', 'v', 'logLikelihood', 'customers'].map((name) => [name, expect.any(Number)])),
    )
    expect((await run('export', 'clv', '--output', 'clv.csv', '--json')).code).toBe(0)
  })

  test('export customers takes a group or a filter, and refuses a wrong one', async () => {
    const found = await run('export', 'customers', '--group', 'cannot-lose')
    expect(found.stdout.trim().split('\n').length).toBeGreaterThan(1)
    const filter = '{"match":"all","conditions":[{"field":"orders","operator":"at-least","value":12}]}'
    const best = await run('export', 'customers', '--filter', filter, '--output', 'best.csv', '--json')
    expect(best).toMatchObject({ code: 0, result: { customers: 10 } })
    expect(await run('export', 'customers', '--filter', '{"match":1}')).toMatchObject({ code: 1 })
  })

  test('import --undo takes it back', async () => {
    expect(await run('import', '--undo', importId, '--json')).toMatchObject({ code: 0, result: { importId, state: 'undone' } })
    expect((await run('import', '--undo', importId)).code).toBe(2)
  })
})

describe('what import asks about it does not do by itself', () => {
  test('days and months that could be taken for each other are refused until somebody says which comes first', async () => {
    writeFileSync(join(folder, 'dates.csv'), 'order,customer,date,amount\nZ1,C1,03/04/2025,10.00\nZ2,C2,05/06/2025,10.00\n')
    const args = ['import', 'orders', 'dates.csv', '--map', 'order=order,customer=customer,date=date,amount=amount']
    const refused = await run(...args)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch('--date-format day-first')
    expect((await run(...args, '--date-format', 'day-first', '--dry-run')).stdout).toMatch('03/04/2025 is read as 2025-04-03')
    expect(await run(...args, '--yes', '--json'), 'nor with --yes').toMatchObject({ code: 0, result: { created: 0, failed: 2 } })
  })

  test('a column that is only guessed is refused without --yes, and nothing is written; with it, it is imported', async () => {
    writeFileSync(join(folder, 'guess.csv'), 'qq,ww,ee\nG-10001,2026-01-05,10.50\nG-10002,2026-01-06,20.75\n')
    const before = (await server.as(administrator)(imports.list, {})).items.length
    const refused = await run('import', 'orders', 'guess.csv')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/Nothing was written/)
    expect(refused.stderr).toMatch(/is only guessed to be/)
    expect((await server.as(administrator)(imports.list, {})).items).toHaveLength(before)
    expect(await run('import', 'orders', 'guess.csv', '--yes', '--json')).toMatchObject({ code: 0, result: { created: 2 } })
  })
})

describe('the other commands', () => {
  test('jobs lists what ran, shows one, and waits for it', async () => {
    const { result, code } = await run('jobs', '--json', '--kind', 'import')
    expect(code).toBe(0)
    const [job] = result['jobs'] as jobs.Job[]
    expect(await run('jobs', 'show', job?.id ?? '', '--json')).toMatchObject({ code: 0, result: { id: job?.id, state: 'done' } })
    expect((await run('jobs', 'wait', job?.id ?? '')).code).toBe(0)
    expect((await run('jobs', 'cancel', job?.id ?? '')).code).toBe(2)
  })

  test('rates are set one by one or from a file, listed and deleted', async () => {
    writeFileSync(join(folder, 'rates.csv'), 'currency,day,rate\nUSD,2026-01-02,7.2\nJPY,2026-01-02,0.048\n')
    expect(await run('rates', 'import', 'rates.csv', '--json')).toMatchObject({ code: 0, result: { rates: 2 } })
    expect(await run('rates', 'set', 'usd', '2026-01-03', '7.25')).toMatchObject({ code: 0 })
    expect((await run('rates', '--currency', 'USD')).stdout).toMatch(/USD +2026-01-03 +7\.25\nUSD +2026-01-02 +7\.2\n/)
    expect((await run('rates', 'delete', 'USD', '2026-01-03')).code).toBe(0)
    expect((await run('rates', 'delete', 'USD', '2026-01-03')).code).toBe(2)
    expect((await run('rates', 'set', 'USD', '2026-02-30', '7')).stderr).toMatch('Write USD 2026-01-31 7.1')
  })

  test('warehouse tells its state and checksums, and is built anew', async () => {
    expect(await run('warehouse', '--json')).toMatchObject({ code: 0, result: { state: 'ready' } })
    const before = await run('warehouse', 'check', '--json')
    expect((await run('warehouse', 'rebuild', '--json')).code).toBe(0)
    expect((await run('warehouse', 'check', '--json')).result['tables']).toEqual(before.result['tables'])
  })

  test('user invites somebody, makes a new link, and lets them in or not', async () => {
    const invited = await run('user', 'invite', 'Lin@Example.com', '--name', '林晓', '--role', 'sales', '--json')
    expect(invited).toMatchObject({ code: 0, result: { email: 'lin@example.com', url: expect.stringMatching(/^http/) } })
    expect((await run('user', 'link', 'lin@example.com')).stdout).toMatch(/http/)
    expect((await run('user', 'disable', 'lin@example.com')).code).toBe(0)
    expect((await run('user')).stdout).toMatch(/林晓 +lin@example\.com +disabled/)
    expect((await run('user', 'enable', 'lin@example.cm')).stderr).toMatch('did you mean lin@example.com?')
    expect((await run('user', 'roles')).stdout).toMatch(/administrator/)
  })

  test('backup is refused, with advice, where the database is not the embedded one of this server', async () => {
    const { code, stderr } = await run('backup')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching('tools of its own server') })
    expect(await run('backup', 'list', '--json')).toMatchObject({ code: 0, result: { backups: [] } })
  })

  test('restore refuses what is no backup, and leaves nothing behind', async () => {
    const { code, stderr } = await run('restore', folder, '--data', join(folder, 'data'))
    expect(code).toBe(2)
    expect(stderr).toMatch('is not whole')
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('exit codes', () => {
  test.each([
    [['imprt', 'orders', 'own.csv'], 'There is no command "imprt"; perhaps import.'],
    [['import', 'ordres', 'own.csv'], 'did you mean orders?'],
    [['import', 'orders', 'nowhere.csv'], 'There is no file nowhere.csv.'],
    [['import', 'orders', 'own.csv', '--mapp', 'a=b'], 'There is no option --mapp; did you mean --map?'],
    [['import', 'order-lines', 'own.csv', '--map', 'custmer=Kunde'], 'did you mean customer?'],
    [['import', 'order-lines', 'own.csv', '--map', 'customer=Kunden'], 'did you mean Kunde?'],
    [['analyse', 'rfm', '--as-of', '2026-02-30'], '--as-of is a day'],
    [['analyse', 'rfm', '--horizon', '6'], '--horizon belongs to clv only.'],
    [['analyse', 'clv', '--horizon', 'long'], '--horizon is a whole number from 1 to 60'],
    [['export', 'rfm', '--group', 'cannot-loose'], 'did you mean cannot-lose?'],
    [['export', 'rfm', '--format', 'xlsx'], 'Say with --output which file to write.'],
    [['jobs', '--lang', 'fr'], '--lang cannot be "fr"'],
  ])('1: %j is a mistake of the call', async (args, said) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(said)
  })

  test('1: without a key', async () => {
    expect(await zhike(['jobs'], { url: server.url })).toMatchObject({ code: 1, stderr: expect.stringMatching('ZHIKE_API_KEY') })
  })

  test('2: refused by the server, in the language of the caller', async () => {
    const { code, stderr, result } = await zhike(['jobs', '--lang', 'zh', '--json'], { url: server.url, apiKey: 'zk_unknown' })
    expect({ code, result }).toMatchObject({ code: 2, result: { error: { problem: 'not-signed-in' } } })
    expect(stderr).toMatch('不接受 ZHIKE_API_KEY')
    const visitor = await server.given.user({ grants: ['customer.read'] })
    expect(await zhike(['warehouse'], { url: server.url, apiKey: visitor.apiKey })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching('system.manage'),
    })
  })

  test('3: nobody listens', async () => {
    const { code, stderr } = await zhike(['jobs'], { url: 'http://127.0.0.1:9', apiKey: 'zk_any' })
    expect(code).toBe(3)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  test('4: the job failed', async () => {
    const { code, stderr } = await run('analyse', 'rfm', '--as-of', '1990-01-01')
    expect(code).toBe(4)
    expect(stderr).toMatch(/The job .* failed: There is nothing to analyse/)
  })

  test('5: Ctrl-C cancels the job', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `N${i},C${i % 5000},2026-01-05,10.00`)
    writeFileSync(join(folder, 'large.csv'), ['order,customer,date,amount', ...rows].join('\n'))
    const child = startZhike(['import', 'orders', 'large.csv', '--json'], { url: server.url, apiKey: administrator.apiKey, cwd: folder })
    const ended = endOf(child)
    const call = server.as(administrator)
    for (let running = false; !running; await sleep(50)) {
      running = (await call(jobs.list, { query: { state: 'running', kind: 'import' } })).items.length > 0
    }
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 5, result: { error: { problem: 'job-cancelled' } } })
    expect((await call(imports.list, { query: { limit: 1 } })).items[0]?.state).toBe('cancelled')
  })
})

describe('help', () => {
  test.each([
    ['en', 'Exit codes:'],
    ['zh', '退出码：'],
  ])('in %s names every command, option and exit code', async (locale, said) => {
    const { code, stdout } = await zhike(['help', '--lang', locale], {})
    expect(code).toBe(0)
    expect(stdout).toMatch(said)
    for (const word of ['import', 'analyse', 'export', 'rates', 'jobs', 'warehouse', 'user', 'backup', 'restore'])
      expect(stdout).toMatch(`zhike ${word}`)
    for (const option of ['--map', '--as-of', '--group', '--horizon', '--json', '--data']) expect(stdout).toMatch(option)
  })

  test('is in the language of the terminal, for one command too', async () => {
    const { stdout } = await zhike(['help', 'analyse'], { env: { LANG: 'zh_CN.UTF-8' } })
    expect(stdout).toMatch('截至哪一天')
    expect(stdout).not.toMatch('--map')
  })

  test('is also what a call without words answers, as a mistake', async () => {
    expect(await zhike([], {})).toMatchObject({ code: 1, stdout: expect.stringMatching('zhike import') })
  })
})

test('quiet shows nothing but the result', async () => {
  writeFileSync(join(folder, 'products.csv'), 'code,name,price\nP1,Tea,12.50\n')
  const { code, stdout, stderr } = await run('import', 'products', 'products.csv', '--quiet', '--json')
  expect({ code, stderr, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, stderr: '', lines: 1 })
  expect(existsSync(join(folder, 'failures.csv'))).toBe(false)
})
