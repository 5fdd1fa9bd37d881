import { Agent, request } from 'node:http'

/** One request; with a body it is a POST. */
export interface Wish {
  path: string
  body?: unknown
}

/** Where the requests go, and as whom. */
export interface Target {
  url: string
  token: string
}

export interface Answers {
  /** Rounds done: each is one wish, or all wishes of a page at once. */
  rounds: number
  seconds: number
  /** Of each round, ms, rising. */
  latencies: number[]
}

/** Eight people at once, each asking again as soon as the answer is there. */
const clients = 8

/** Asks for `ms`; what a round asks for is made anew for each. */
export async function askFor(ms: number, target: Target, round: () => readonly Wish[]): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients * 4 })
  const latencies: number[] = []
  const started = performance.now()
  const until = started + ms
  const client = async () => {
    while (performance.now() < until) {
      const wishes = round()
      const before = performance.now()
      await Promise.all(wishes.map((wish) => answer(agent, target, wish)))
      latencies.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return { rounds: latencies.length, seconds, latencies: latencies.sort((a, b) => a - b) }
}

/** Asks once and times it. */
export async function timed(target: Target, wish: Wish): Promise<{ ms: number; text: string }> {
  const agent = new Agent({ keepAlive: true })
  const before = performance.now()
  const text = await answer(agent, target, wish)
  const ms = performance.now() - before
  agent.destroy()
  return { ms, text }
}

/** @throws Error when the answer is not a good one: a bench of refusals is worth nothing */
function answer(agent: Agent, { url, token }: Target, { path, body }: Wish): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const sent = body === undefined ? undefined : JSON.stringify(body)
  const outgoing = request(
    url + path,
    {
      agent,
      method: sent === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'zh',
        ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
      },
    },
    (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if ((incoming.statusCode ?? 500) < 300) resolve(text)
        else reject(new Error(`${path} was answered with ${incoming.statusCode}: ${text.slice(0, 500)}`))
      })
    },
  )
  outgoing.on('error', reject)
  outgoing.end(sent)
  return promise
}

/** Of values in rising order. @param share 0.5 for the median */
export const percentile = (rising: readonly number[], share: number): number =>
  rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] ?? Number.NaN
