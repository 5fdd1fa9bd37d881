import { seededRandom } from '@zhike/analytics/random.ts'

/** A text that runs `pwn(id)`, asks for `/pwned/<id>`, or does something of that kind, wherever a page takes it for more than text. */
export interface Payload {
  id: number
  text: string
}

/** Each of another way in: markup, handlers, addresses, styles, templates, labels of charts, parsers that repair. */
const attempts: readonly ((id: number) => string)[] = [
  (id) => `<script>pwn(${id})</script>`,
  (id) => `<img src=x onerror=pwn(${id})>`,
  (id) => `<svg onload=pwn(${id})>`,
  (id) => `<img src=/pwned/${id}>`,
  (id) => `<b onmouseover=pwn(${id})>x</b>`,
  (id) => `<i autofocus tabindex=1 onfocus=pwn(${id})>`,
  (id) => `javascript:pwn(${id})`,
  (id) => `JaVa\tscript:pwn(${id})//`,
  (id) => `data:text/html,<script>parent.pwn(${id})</script>`,
  (id) => `{{constructor.constructor('pwn(${id})')()}}`,
  (id) => `\${pwn(${id})}`,
  (id) => `#{pwn(${id})}<%= pwn(${id}) %>`,
  (id) => `'-pwn(${id})-'`,
  (id) => `";pwn(${id});//`,
  (id) => `\`;pwn(${id});//`,
  (id) => `</script><script>pwn(${id})</script>`,
  (id) => `</title><svg/onload=pwn(${id})>`,
  (id) => `</textarea><img src onerror=pwn(${id})>`,
  (id) => `</style><svg onload=pwn(${id})>`,
  (id) => `--><img src=x onerror=pwn(${id})>`,
  (id) => `]]><svg onload=pwn(${id})>`,
  (id) => `<iframe srcdoc="<script>parent.pwn(${id})</script>">`,
  (id) => `<iframe src="javascript:parent.pwn(${id})">`,
  (id) => `<object data="data:text/html,<script>parent.pwn(${id})</script>">`,
  (id) => `<embed src=/pwned/${id}>`,
  (id) => `<link rel=stylesheet href=/pwned/${id}>`,
  (id) => `<style>@import '/pwned/${id}'</style>`,
  (id) => `<p style="background:url(/pwned/${id})">x`,
  (id) => `<base href=/pwned/${id}/>`,
  (id) => `<meta http-equiv=refresh content="0;url=/pwned/${id}">`,
  (id) => `<form action=/pwned/${id}><button autofocus onfocus=pwn(${id})>x`,
  (id) => `<details open ontoggle=pwn(${id})>`,
  (id) => `<video><source onerror=pwn(${id})>`,
  (id) => `<audio src onerror=pwn(${id})>`,
  (id) => `<body onload=pwn(${id})>`,
  (id) => `<a href="javascript:pwn(${id})">x</a>`,
  (id) => `[x](javascript:pwn(${id})) ![x](/pwned/${id})`,
  (id) => `<svg><a xlink:href="javascript:pwn(${id})"><text>x</text></a></svg>`,
  (id) => `<svg><animate onbegin=pwn(${id}) attributeName=x dur=1s>`,
  (id) => `<svg><script href="data:,pwn(${id})"/>`,
  (id) => `<math><mtext><table><mglyph><style><img src=x onerror=pwn(${id})>`,
  (id) => `<noscript><p title="</noscript><img src=x onerror=pwn(${id})>">`,
  (id) => `<svg></p><style><a id="</style><img src=x onerror=pwn(${id})>">`,
  (id) => `<template><img src=x onerror=pwn(${id})></template>`,
  (id) => `<x contenteditable onblur=pwn(${id})>`,
  (id) => `&lt;img src=x onerror=pwn(${id})&gt;`,
  (id) => `&#60;script&#62;pwn(${id})&#60;/script&#62;`,
  (id) => `\\u003cscript\\u003epwn(${id})\\u003c/script\\u003e`,
  (id) => `%3Cscript%3Epwn(${id})%3C/script%3E`,
  (id) => `＜script＞pwn(${id})＜/script＞`,
  (id) => `{a|<img src=x onerror=pwn(${id})>}{b}`,
  (id) => `<br/>{c}: <img src=/pwned/${id} onerror=pwn(${id})>`,
  (id) => `$t(pwn${id}) {{name}} <0>pwn(${id})</0>`,
  (id) => `__proto__[pwn]=<img src=x onerror=pwn(${id})>`,
  (id) => `=HYPERLINK("javascript:pwn(${id})")`,
]

/** What may stand before it: ends of attributes and tags, and signs that are not seen or turn the order of letters around. */
const before = ['', '', '"', "'>", '">', '</td></tr>', '\u202e', '\u200b', '\ufeff', '\u2066', 'é\u0301', '\u{1f9a0}', '\u00ad', '\u2028']

/** So many texts, each another one; the same seed makes the same. */
export function payloadsOf(count: number, seed: number): Payload[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, id) => {
    const attempt = attempts[id % attempts.length]
    const lead = id < attempts.length ? '' : before[Math.floor(random() * before.length)]
    return { id, text: `${lead}${attempt?.(id)}` }
  })
}
