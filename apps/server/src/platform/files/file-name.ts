const longest = 200

/**
 * A name fit to be shown and to be offered for saving: without folders, control characters and marks that turn the reading
 * direction round (which make `exe.txt` of `txt.exe`); at most 200 characters, with its ending.
 */
export function safeFileName(given: string): string {
  const base = given.normalize('NFC').toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const clean = base.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD<>:"|?*]/gu, '').replace(/^[.\s]+|[.\s]+$/g, '')
  if (clean === '') return 'file'
  const characters = [...clean]
  if (characters.length <= longest) return clean
  const ending = /\.[^.]{1,10}$/u.exec(clean)?.[0] ?? ''
  return characters.slice(0, longest - [...ending].length).join('') + ending
}

/** A media type as it may stand in a header; anything else is just bytes. */
export const safeMediaType = (given: string) => (/^[\w.+-]+\/[\w.+-]+$/.test(given) ? given.toLowerCase() : 'application/octet-stream')

/** The header that has a browser save the file under its name (RFC 6266). */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
