import type { CSSProperties, ReactNode } from 'react'
import { Popover } from './popover.tsx'
import { useTranslation } from './translation.ts'

/** How a figure is counted: every figure on every page can say it. */
export interface FigureDefinition {
  formula: ReactNode
  unit?: string
  source?: string
  /** Through the end of this day, or the moment it was read. */
  asOf?: string
}

interface Props {
  name: string
  value: string
  note?: ReactNode
  about: FigureDefinition
  /** The way to what is counted: a link whose `data-rows` says how many rows are there. */
  drill?: ReactNode
}

/** One figure on a card; how it is counted is one press away, and so is what it counts. */
export function Figure({ name, value, note, about, drill }: Props) {
  return (
    <section className="card figure" aria-label={name}>
      <header>
        <span className="muted small">{name}</span>
        <AboutFigure name={name} about={about} />
      </header>
      <div className="figure-value" style={{ '--length': lengthOf(value) } as CSSProperties}>
        <b>{value}</b>
      </div>
      {(note || drill) && (
        <span className="muted small figure-foot">
          {note} {drill}
        </span>
      )}
    </section>
  )
}

/** In digits; a Chinese character is as wide as almost two. */
const lengthOf = (text: string): number => text.length + 0.7 * (text.match(/\p{Script=Han}/gu)?.length ?? 0)

export function AboutFigure({ name, about }: { name: string; about: FigureDefinition }) {
  const { t } = useTranslation()
  const label = t('figure.about', { name })
  const rows = [
    [t('figure.formula'), about.formula],
    [t('figure.unit'), about.unit],
    [t('figure.source'), about.source],
    [t('figure.asOf'), about.asOf],
  ] as const
  return (
    <Popover label={label} button="?" buttonLabel={label} buttonClassName="help" align="end">
      <div className="help-text">
        <strong>{name}</strong>
        <dl className="pairs">
          {rows
            .filter(([, text]) => text !== undefined)
            .map(([term, text]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ))}
        </dl>
      </div>
    </Popover>
  )
}
