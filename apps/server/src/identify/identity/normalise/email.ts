import { cleanText } from './text.ts'

/** The shape the contract asks for (zod's `z.email()`), so that what passes here passes there. */
const shape = /^(?!\.)(?!.*\.\.)([a-z0-9_'+\-.]*)[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/

/** An e-mail address in lower case and NFKC, or undefined when it is none. `mailto:` and `Name <address>` are taken apart. */
export function normaliseEmail(raw: string): string | undefined {
  if (raw.length > 400) return undefined
  const text = cleanText(raw).toLowerCase()
  const inner = /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text
  const address = inner.replace(/^mailto:/, '').trim()
  return address.length <= 254 && shape.test(address) ? address : undefined
}

/** An address with its name hidden: z***@qq.com. Of a text that is no address nothing is shown. */
export function emailMask(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return '***'
  return `${at > 1 ? email.slice(0, 1) : ''}***${email.slice(at)}`
}
