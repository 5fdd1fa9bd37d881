/** The first character of a name, whatever script it is in. */
export const firstCharacter = (name: string): string => [...new Intl.Segmenter().segment(name.trim())][0]?.segment.toUpperCase() ?? '·'
