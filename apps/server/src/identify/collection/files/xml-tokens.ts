import { FileProblem } from './file-problem.ts'

export interface XmlHandler {
  /** `attributes` is the text between the name and the end of the tag; see `attribute`. */
  open(name: string, attributes: string, selfClosing: boolean): void
  text(text: string): void
  close(name: string): void
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function character(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
}

/** Replaces the five named entities and character references; others cannot be declared here and stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return character(Number.parseInt(hex, 16))
      if (decimal) return character(Number(decimal))
      return name !== undefined && Object.hasOwn(named, name) ? (named[name] as string) : whole
    },
  )
}

const patterns = new Map<string, RegExp>()

/** The value of an attribute in a tag's text, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    patterns.set(name, pattern)
  }
  const match = pattern.exec(attributes)
  return match ? decodeEntities(match[1] ?? match[2] ?? '') : undefined
}

/** Longest tag or comment, in characters. */
const longestTag = 1_000_000

/**
 * Cuts the XML of a workbook into tags and text, a piece at a time. Prefixes are taken off the names (x:row → row). It does not check nesting, and refuses
 * document types: nothing outside the file is ever read, and no entity grows.
 * @throws FileProblem `file-broken`
 */
export class XmlTokens {
  readonly #handler: XmlHandler
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag < 0) {
        // a reference may be cut in two: its beginning waits
        const cut = text.lastIndexOf('&')
        const end = cut >= at && text.length - cut < 12 ? cut : text.length
        if (end > at) this.#handler.text(decodeEntities(text.slice(at, end)))
        at = end
        break
      }
      if (tag > at) this.#handler.text(decodeEntities(text.slice(at, tag)))
      at = tag
      const next = this.#tag(text, tag)
      if (next < 0) break
      at = next
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > longestTag) throw new FileProblem('file-broken')
  }

  end(): void {
    if (this.#rest.includes('<')) throw new FileProblem('file-broken')
  }

  #tag(text: string, at: number): number {
    const second = text.charCodeAt(at + 1)
    if (Number.isNaN(second)) return -1
    if (second === 33) return this.#special(text, at)
    if (second === 63) return after(text, '?>', at)
    const end = tagEnd(text, at)
    if (end < 0) return -1
    if (second === 47) {
      this.#handler.close(local(text.slice(at + 2, end).trim()))
      return end + 1
    }
    const selfClosing = text.charCodeAt(end - 1) === 47
    const inner = text.slice(at + 1, selfClosing ? end - 1 : end)
    const blank = inner.search(/\s/)
    const name = local(blank < 0 ? inner : inner.slice(0, blank))
    this.#handler.open(name, blank < 0 ? '' : inner.slice(blank), selfClosing)
    if (selfClosing) this.#handler.close(name)
    return end + 1
  }

  #special(text: string, at: number): number {
    const head = text.slice(at, at + 9)
    if (head.length < 9) return -1
    if (head.startsWith('<!--')) return after(text, '-->', at + 4)
    if (head !== '<![CDATA[') throw new FileProblem('file-broken')
    const end = text.indexOf(']]>', at)
    if (end < 0) return -1
    this.#handler.text(text.slice(at + 9, end))
    return end + 3
  }
}

const after = (text: string, mark: string, at: number): number => {
  const end = text.indexOf(mark, at)
  return end < 0 ? -1 : end + mark.length
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The > that ends a tag: not one within an attribute's quotes. */
function tagEnd(text: string, at: number): number {
  const end = text.indexOf('>', at)
  if (end < 0) return -1
  let quote = ''
  for (let i = at; i < text.length; i++) {
    const character = text.charAt(i)
    if (quote === '') {
      if (character === '>') return i
      if (character === '"' || character === "'") quote = character
    } else if (character === quote) quote = ''
  }
  return -1
}
