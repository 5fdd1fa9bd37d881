import type { AbcSummary } from '@zhike/contract/differentiate/analyses.ts'
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { type Cuts, headsAt, moved, plot, valueAt } from './curve.ts'

interface Props {
  summary: AbcSummary
  kept: Cuts
  cuts: Cuts
  onMove: ((cuts: Cuts) => void) | undefined
}

/** Per key, in percent of revenue. */
const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }

/** The borders of A and B over the curve: dragged, or moved by ← → Page ↑ ↓ Home End; the figures beside them follow. */
export function CutHandles(props: Props) {
  const place = useRef<HTMLDivElement>(null)
  return (
    <div ref={place} className="cut-plot" style={{ inset: `${plot.top}px ${plot.right}px ${plot.bottom}px ${plot.left}px` }}>
      {(['a', 'b'] as const).map((which) => (
        <Handle key={which} which={which} place={place} {...props} />
      ))}
    </div>
  )
}

function Handle({ which, place, summary, kept, cuts, onMove }: Props & { which: 'a' | 'b'; place: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { curve, customers } = summary
  const heads = headsOf(summary, kept, cuts, which)
  const before = which === 'a' ? 0 : headsOf(summary, kept, cuts, 'a')
  const value = cuts[which]
  const text = t('abc.handle', {
    class: which.toUpperCase(),
    customers: formats.count(Math.max(0, Math.round((heads - before) * customers))),
    share: formats.percent((which === 'a' ? value : value - cuts.a) / 100),
  })
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !onMove || !place.current) return
    const { left, width } = place.current.getBoundingClientRect()
    onMove(moved(cuts, which, valueAt(curve, Math.min(1, Math.max(0, (event.clientX - left) / width))) * 100))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? 100 : steps[event.key] === undefined ? undefined : value + steps[event.key]!
    if (to === undefined || !onMove) return
    event.preventDefault()
    onMove(moved(cuts, which, to))
  }
  return (
    <div
      role="slider"
      tabIndex={onMove ? 0 : -1}
      className={`cut cut-${which} ${heads > 0.6 ? 'cut-left' : ''}`}
      style={{ left: `${heads * 100}%` }}
      aria-label={t(`abc.cut.${which}`)}
      aria-valuemin={1}
      aria-valuemax={100}
      aria-valuenow={value}
      aria-valuetext={text}
      aria-disabled={onMove ? undefined : true}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    >
      <span>{text}</span>
    </div>
  )
}

/** Where a class ends on the axis of customers: counted in the result, read from the curve once it is moved. */
function headsOf({ curve, classes, customers }: AbcSummary, kept: Cuts, cuts: Cuts, which: 'a' | 'b'): number {
  if (cuts[which] !== kept[which]) return headsAt(curve, cuts[which] / 100)
  const within = classes.filter((each) => each.class === 'A' || (which === 'b' && each.class === 'B'))
  return within.reduce((sum, each) => sum + each.customers, 0) / Math.max(1, customers)
}
