/** Characters that carry no meaning in a value: controls, zero-width marks, byte-order marks, direction marks. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]/g
const plain = /^[!-~]*(?: [!-~]+)*$/
const plainHan = /^[\u4e00-\u9fff]*$/

/**
 * Text as it is compared and kept: NFKC (full-width letters and digits become plain ones), invisible characters out, runs of
 * blanks become one, none at the ends.
 */
export function cleanText(raw: string): string {
  if (plain.test(raw) || plainHan.test(raw)) return raw
  return raw.normalize('NFKC').replace(invisible, '').replace(/\s+/g, ' ').trim()
}

/** As `cleanText`, but keeps the line ends, for notes and other long text. */
export function cleanLongText(raw: string): string {
  if (plain.test(raw) || plainHan.test(raw)) return raw
  return raw
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(/[ \t\u00a0\u3000]+$/gm, '')
    .trim()
}
