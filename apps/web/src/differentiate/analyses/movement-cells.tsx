import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { Drill } from './drill.tsx'
import { type Move, movement } from './moves.ts'

interface Props {
  run: Run
  earlier: Run
  moves: readonly Move[]
  by: 'group' | 'level'
  part: string
  name: string
}

/** Who came into a part since an earlier result, who left it, and the difference: the first two lead to the people. */
export function MovementCells({ run, earlier, moves, by, part, name }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { came, left } = movement(moves, part)
  const net = came - left
  return (
    <>
      <td className="end">
        <Drill runId={run.id} filter={{ [by]: part, against: earlier.id }} count={came} label={`${name}, ${t('analysis.moves.came')}`} />
      </td>
      <td className="end">
        <Drill runId={earlier.id} filter={{ [by]: part, against: run.id }} count={left} label={`${name}, ${t('analysis.moves.left')}`} />
      </td>
      <td className={`end ${net < 0 ? 'down' : net > 0 ? 'up' : 'muted'}`}>{formats.signed(net)}</td>
    </>
  )
}

export function MovementHeads() {
  const { t } = useTranslation()
  return (['came', 'left', 'net'] as const).map((column) => (
    <th key={column} scope="col" className="end">
      {t(`analysis.moves.${column}`)}
    </th>
  ))
}
