import { type Client, createClient, RequestProblem } from '@zhike/contract/client.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { oneOf, parseArguments } from './arguments.ts'
import type { Command, Context } from './command.ts'
import { commands } from './commands.ts'
import { exitCodes, JobEnded, UsageProblem } from './failure.ts'
import { helpLines } from './help.ts'
import { nearest } from './nearest.ts'
import { patientFetch } from './patient-fetch.ts'
import { type Say, sayIn, terminalLocale } from './text.ts'

/** Shows what went wrong in words, never as a stack trace. @returns the exit code */
function explain(error: unknown, say: Say, json: boolean, url: string): number {
  const { code, lines, details } = described(error, say, url)
  for (const line of lines) process.stderr.write(`${line}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ error: details })}\n`)
  return code
}

interface Description {
  readonly code: number
  readonly lines: readonly string[]
  /** The same for programs. */
  readonly details: Record<string, unknown>
}

function described(error: unknown, say: Say, url: string): Description {
  if (error instanceof UsageProblem) {
    const line = say(error.text, error.values)
    return { code: exitCodes.usage, lines: [line], details: { problem: 'usage', title: line } }
  }
  if (error instanceof RequestProblem) {
    if (error.problem === 'not-signed-in') return refusedKey(error, say, url)
    const { title, detail, errors = [] } = error.body
    const fields = errors.map(({ field, message }) => `  ${field.replace(/^(body|query|params)\./, '')}: ${message}`)
    return { code: exitCodes.refused, lines: [sentence(title, detail), ...fields], details: { ...error.body, problem: error.problem } }
  }
  if (error instanceof JobEnded) return endedJob(error, say)
  if (error instanceof TypeError && error.cause !== undefined) {
    const cause = error.cause as { code?: string; message?: string } | undefined
    const text = {
      zh: '连不上服务器 {url}（{reason}）。请检查 ZHIKE_URL，以及服务器是否在运行。',
      en: 'The server cannot be reached at {url} ({reason}). Check ZHIKE_URL, and that the server runs.',
    }
    const line = say(text, { url, reason: cause?.code ?? cause?.message ?? error.message })
    return { code: exitCodes.unreachable, lines: [line], details: { problem: 'unreachable', title: line } }
  }
  const line = say(
    { zh: '意外的错误：{message}', en: 'Something unexpected: {message}' },
    { message: error instanceof Error ? error.message : String(error) },
  )
  return { code: exitCodes.refused, lines: [line], details: { problem: 'unexpected', title: line } }
}

/** Nobody signs in on the command line: the key is wrong, has expired or was revoked. */
function refusedKey({ body, problem }: RequestProblem, say: Say, url: string): Description {
  const line = say(
    {
      zh: '{url} 不接受 ZHIKE_API_KEY 中的密钥：可能写错、已过期或已撤销。可在网页的账户页创建新的。',
      en: 'The key in ZHIKE_API_KEY is not accepted by {url}: it is wrong, has expired or was revoked. The account page in the browser makes one.',
    },
    { url },
  )
  return { code: exitCodes.refused, lines: [line], details: { ...body, title: line, problem } }
}

function endedJob({ job }: JobEnded, say: Say): Description {
  if (job.state === 'cancelled') {
    const line = say({ zh: '任务 {id} 已取消。', en: 'The job {id} was cancelled.' }, { id: job.id })
    return { code: exitCodes.cancelled, lines: [line], details: { problem: 'job-cancelled', title: line, jobId: job.id } }
  }
  const reason = job.problem
    ? sentence(job.problem.title, job.problem.detail)
    : say({ zh: '原因见服务器日志', en: 'the log of the server says why' })
  const line = say({ zh: '任务 {id} 失败：{reason}', en: 'The job {id} failed: {reason}' }, { id: job.id, reason })
  return { code: exitCodes.jobFailed, lines: [line], details: { ...job.problem, problem: 'job-failed', jobId: job.id } }
}

function sentence(title: string, detail?: string): string {
  if (detail === undefined || detail === '') return title
  return `${title}${/[.。!！?？]$/.test(title) ? ' ' : /\p{Script=Han}$/u.test(title) ? '。' : '. '}${detail}`
}

/** As `--url` names it wherever it stands, then the environment. */
function urlOf(args: readonly string[]): string {
  const at = args.findIndex((arg) => arg === '--url' || arg.startsWith('--url='))
  const written = at < 0 ? undefined : args[at] === '--url' ? args[at + 1] : args[at]?.slice('--url='.length)
  return written || process.env['ZHIKE_URL'] || 'http://127.0.0.1:8080'
}

function connect(written: string, locale: Locale, onWait: () => void): Client {
  const key = process.env['ZHIKE_API_KEY'] ?? ''
  if (!URL.canParse(written) || !/^https?:$/.test(new URL(written).protocol)) {
    throw new UsageProblem({ zh: 'ZHIKE_URL 不是有效的地址：{written}。', en: 'ZHIKE_URL is not an address: {written}.' }, { written })
  }
  if (key === '') {
    throw new UsageProblem({
      zh: '请把 API 密钥放进环境变量 ZHIKE_API_KEY（在网页的账户页创建）。',
      en: 'Put an API key into ZHIKE_API_KEY; the account page in the browser makes one.',
    })
  }
  if (/[^\x21-\x7e]/.test(key))
    throw new UsageProblem({
      zh: 'ZHIKE_API_KEY 含有空格或非 ASCII 字符。',
      en: 'ZHIKE_API_KEY holds a space or a character outside ASCII.',
    })
  const baseUrl = written.replace(/\/+$/, '')
  return createClient({
    baseUrl,
    fetch: patientFetch(baseUrl, onWait),
    headers: () => ({ authorization: `Bearer ${key}`, 'accept-language': locale }),
  })
}

/** Connected when first used: `restore` needs no server. */
function lazily(make: () => Client): Client {
  let client: Client | undefined
  const get = () => (client ??= make())
  return Object.assign(((endpoint, input, options) => get()(endpoint, input, options)) as Client, {
    raw: ((endpoint, input, options) => get().raw(endpoint, input, options)) as Client['raw'],
  })
}

const waiting = { zh: '正在等待服务器…', en: 'waiting for the server…' }

async function perform(command: Command, args: readonly string[], locale: Locale): Promise<number> {
  const { words, given } = parseArguments(args, command.options)
  const say = sayIn(locale)
  const [json, quiet] = [given.flag('json'), given.flag('quiet')]
  const context: Context = {
    call: lazily(() => connect(urlOf(args), locale, () => context.remark(say(waiting)))),
    locale,
    say,
    words,
    given,
    print: (line) => void (json || process.stdout.write(`${line}\n`)),
    remark: (line) => void (quiet || process.stderr.write(`${line}\n`)),
    showsProgress: !quiet && process.stderr.isTTY,
  }
  if (given.flag('help')) {
    for (const line of helpLines(say, command)) process.stdout.write(`${line}\n`)
    return exitCodes.ok
  }
  const { result, exit = exitCodes.ok } = await command.run(context)
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
  return exit
}

/** The language that `--lang` names, wherever it stands; the terminal's otherwise. */
function languageOf(args: readonly string[]): { locale: Locale; wrong: string | undefined } {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const written = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]?.slice('--lang='.length)
  const known = written === 'zh' || written === 'en'
  return { locale: known ? written : terminalLocale(process.env), wrong: at >= 0 && !known ? (written ?? '') : undefined }
}

async function main(args: readonly string[]): Promise<number> {
  const { locale, wrong } = languageOf(args)
  const say = sayIn(locale)
  const json = args.includes('--json')
  try {
    if (wrong !== undefined) oneOf('--lang', wrong, ['zh', 'en'] as const)
    const at = args.findIndex((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--lang' && args[i - 1] !== '--url')
    const name = args[at]
    if (name === undefined || name === 'help') {
      const rest = args.slice(at + 1).find((arg) => !arg.startsWith('-') && arg !== locale)
      for (const line of helpLines(say, name === undefined || rest === undefined ? undefined : commandOf(rest)))
        process.stdout.write(`${line}\n`)
      return name === undefined && !args.includes('--help') ? exitCodes.usage : exitCodes.ok
    }
    return await perform(commandOf(name), args.toSpliced(at, 1), locale)
  } catch (error) {
    return explain(error, say, json, urlOf(args))
  }
}

function commandOf(written: string): Command {
  const name = written === 'analyze' ? 'analyse' : written
  const command = commands.find((one) => one.name === name)
  if (command) return command
  const names = commands.map((one) => one.name)
  const meant = nearest(written, names) ?? names.join(', ')
  throw new UsageProblem(
    { zh: '没有命令“{written}”；可能是 {meant}。', en: 'There is no command "{written}"; perhaps {meant}.' },
    { written, meant },
  )
}

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.usage))
process.exitCode = await main(process.argv.slice(2))
