/**
 * What has to be added to the warehouse so that it holds the wanted rows.
 * @param wanted lines of the system of record, each row ending with sign 1
 * @param present lines of the warehouse, each row ending with the sum of its signs
 * @returns lines to insert, ending with sign 1 or −1; empty when nothing differs
 */
export function difference(wanted: Buffer, present: string): string | Buffer {
  if (present === '') return wanted
  const missing = new Map<string, number>()
  const count = (line: string, by: number) => missing.set(line, (missing.get(line) ?? 0) + by)
  for (const line of linesOf(wanted.toString())) count(line.slice(0, line.lastIndexOf('\t')), 1)
  for (const line of linesOf(canonical(present))) {
    const end = line.lastIndexOf('\t')
    count(line.slice(0, end), -Number(line.slice(end + 1)))
  }
  let text = ''
  for (const [line, times] of missing) text += `${line}\t${Math.sign(times)}\n`.repeat(Math.abs(times))
  return text
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** The two engines escape alike but for quotes, which PostgreSQL leaves alone, and vertical tabs, which the warehouse does. */
function canonical(text: string): string {
  const unquoted = text.includes("\\'") ? text.replaceAll(/\\([\s\S])/g, (pair, escaped) => (escaped === "'" ? "'" : pair)) : text
  return unquoted.replaceAll('\v', '\\v')
}
