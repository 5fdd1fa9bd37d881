import { createHmac } from 'node:crypto'
import { type Client, createClient } from '@zhike/contract/client.ts'

/** Somebody at a browser: keeps cookies, and says where its requests come from as browsers do. */
export interface BrowserSession {
  call: Client
  cookies: Map<string, string>
  /** The attributes that a cookie was set with last: `httponly; path=/; samesite=strict`. */
  attributes: Map<string, string>
  /** Every `Set-Cookie` that came. */
  lines: string[]
}

export function browserSession(url: string, headers: Record<string, string> = {}): BrowserSession {
  const cookies = new Map<string, string>()
  const attributes = new Map<string, string>()
  const lines: string[] = []
  const call = createClient({
    baseUrl: url,
    headers: () => ({
      'accept-language': 'en',
      'sec-fetch-site': 'same-origin',
      ...(cookies.size ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
      ...headers,
    }),
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      for (const line of response.headers.getSetCookie()) {
        lines.push(line)
        keep(line, cookies, attributes)
      }
      return response
    },
  })
  return { call, cookies, attributes, lines }
}

function keep(line: string, cookies: Map<string, string>, attributes: Map<string, string>): void {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
  attributes.set(name, rest.join('; ').toLowerCase())
  if (value === '' || rest.some((part) => part.toLowerCase() === 'max-age=0')) cookies.delete(name)
  else cookies.set(name, value)
}

/** The code of an authenticator (RFC 6238: SHA-1, 6 digits, 30 s), `steps` periods from now. */
export function authenticatorCode(base32: string, steps = 0): string {
  const bits = [...base32.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
