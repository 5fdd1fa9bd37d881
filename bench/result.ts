/** One measured figure; `value` and `floor` in `unit`. */
export interface Result {
  name: string
  value: number
  unit: string
  /** The same work without any of our duties, measured in the same run; null when there is nothing to compare with. */
  floor: number | null
  ratio: number | null
  target: string
  ok: boolean
  /** For the reader of the table: rates, percentiles, sizes. */
  note: string
}

interface Measured {
  name: string
  value: number
  unit: string
  floor?: number
  note?: string
}

const rounded = (value: number) => Number(value.toPrecision(4))

function result({ name, value, unit, floor, note = '' }: Measured, target: string, ok: (ratio: number | null) => boolean): Result {
  const ratio = floor === undefined ? null : value / floor
  return {
    name,
    value: rounded(value),
    unit,
    floor: floor === undefined ? null : rounded(floor),
    ratio: ratio === null ? null : rounded(ratio),
    target,
    ok: ok(ratio),
    note,
  }
}

/** A figure that may be at most so many times its floor, and at most `most` itself where that is given. */
export function timesFloor(measured: Measured & { floor: number }, times: number, most?: number): Result {
  const target = `${most === undefined ? '' : `≤ ${most} ${measured.unit}, `}≤ ${times} × floor`
  return result(measured, target, (ratio) => (ratio ?? 0) <= times && (most === undefined || measured.value <= most))
}

export const atMost = (measured: Measured, most: number): Result =>
  result(measured, `≤ ${most} ${measured.unit}`, () => measured.value <= most)

export const atLeast = (measured: Measured, least: number): Result =>
  result(measured, `≥ ${least} ${measured.unit}`, () => measured.value >= least)

const columns = ['figure', 'measured', 'floor', 'ratio', 'target', '', 'load', 'beside'] as const

/** A line of the table for people. @param load of the machine while it was measured */
export function tableLine(row: Result, load: number): string[] {
  const figure = (value: number | null) => (value === null ? '–' : `${value} ${row.unit}`)
  return [
    row.name,
    figure(row.value),
    figure(row.floor),
    row.ratio === null ? '–' : String(row.ratio),
    row.target,
    row.ok ? 'ok' : 'MISSED',
    load.toFixed(1),
    row.note,
  ]
}

/** The table as Markdown, its columns as wide as their cells. */
export function table(lines: readonly string[][]): string {
  const all = [[...columns], ...lines]
  const widths = columns.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0), 1))
  const text = (line: readonly string[]) => `| ${widths.map((width, i) => (line[i] ?? '').padEnd(width)).join(' | ')} |`
  return [text(columns), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(text)].join('\n')
}
