/** Latin words that stand in the middle of Chinese: methods and who published them, formats, units, products. The one list of them. */
const allowed = new Set(
  `RFM CLV ABC VIP CSV XLSX API ID URL BG NBD Gamma R F M A B C AM PM
   Ctrl Enter Esc Tab Space Home End PageUp PageDown EN kB MB GB KB TB UTC CNY USD EUR HKD
   openid English Chrome Linux Headless
   Pareto Dickie Hughes Gini Fader Hardie Lee Gupta Curry Wilson Newcombe
   Zhike PostgreSQL ClickHouse Node Cron cron NPS RFC JSON PNG HTTP HTTPS TOTP App`
    .split(/\s+/)
    .filter(Boolean),
)

/** What is data and not language: places of time zones, addresses, keys, file names, currencies, levels of the company imported. */
const data = [
  /(?:[A-Z][\w .'’-]*)?\(?[A-Z]\w+(?:\/[\w+-]+)+\)?/g,
  /\b[A-Z]{3}\b/g,
  /\b(?:Gold|Silver)\b/g,
  /\bid:\w+/g,
  // Beginnings of record numbers.
  /\b[0-9a-f]{8}\b/g,
  // Tables, settings of the environment, folders, commands.
  /\b\w+_\w+\b/g,
  /(?:\/[\w.-]+)+/g,
  /\bnpx zhike \w+|--\w+/g,
  /\S+@\S+/g,
  /https?:\/\/\S+/g,
  /\b[\w-]+\.(?:csv|xlsx|json|zip)\b/gi,
  /\b[A-Za-z]{1,4}-?\d[\w-]*\b/g,
  /\b[A-Z][a-z]+\/[A-Z][A-Za-z_]+\b/g,
  /\b\d+[A-Za-z]{1,2}\b/g,
]

/** The English words in a Chinese text. */
export function englishWords(text: string): string[] {
  const language = data.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text)
  return [...language.matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word).filter((word) => !allowed.has(word))
}
