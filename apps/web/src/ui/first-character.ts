/** A letter that nothing is joined to is a whole character. Finding the others takes a Segmenter, which takes 10 ms to make. */
const alone = /^[\p{Script=Han}\p{Script=Latin}](?!\p{M}|\u200d)/u

/** The first character of a name, whatever script it is in. */
export function firstCharacter(name: string): string {
  const text = name.trim()
  const first = alone.exec(text)?.[0] ?? [...new Intl.Segmenter().segment(text)][0]?.segment
  return first?.toUpperCase() ?? '·'
}
