import { useQuery } from '@tanstack/react-query'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { runMoves } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import type { Move } from '../analyses/moves.ts'

/** From the top: a lower place in the list is a lower level. */
const levels = ['key', 'major', 'ordinary', 'small'] as const
type Level = (typeof levels)[number]

interface Props {
  run: Run
  earlier: Run | undefined
}

/** Who moved from which level to which since an earlier run: up and down in words, all of it in a table. */
export function MoveTable({ run, earlier }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? '', 'level'), enabled: earlier !== undefined })
  if (!earlier) {
    return (
      <Card title={t('moves.title')}>
        <p className="muted">{t('moves.none')}</p>
      </Card>
    )
  }
  if (!moves.data) return <Card title={t('moves.title')}>{moves.isError && <ProblemNotice error={moves.error} />}</Card>
  const { up, down } = directions(moves.data.moves)
  return (
    <Card title={t('moves.finding', { up: formats.count(up), down: formats.count(down) })} note={t('abc.since', { day: earlier.asOf })}>
      <div className="scroll-x" role="region" aria-label={t('moves.title')} tabIndex={0}>
        <table className="figures-table" aria-label={t('moves.title')}>
          <thead>
            <tr>
              <th scope="col">{t('moves.from')}</th>
              {levels.map((level) => (
                <th key={level} scope="col" className="end">
                  {t('moves.to', { level: t(`abc.level.${level}`) })}
                </th>
              ))}
              <th scope="col" className="end">
                {t('moves.gone')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...levels, null].map((from) => (
              <MoveRow key={from} from={from} moves={moves.data.moves} run={run} earlier={earlier} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function MoveRow({ from, moves, run, earlier }: { from: Level | null; moves: readonly Move[]; run: Run; earlier: Run }) {
  const { t } = useTranslation()
  const count = (to: Level | null) => moves.find((move) => move.from === from && move.to === to)?.customers ?? 0
  const name = from ? t(`abc.level.${from}`) : t('moves.new')
  return (
    <tr>
      <th scope="row">{name}</th>
      {levels.map((to) => (
        <td key={to} className={`end ${from === to ? 'muted' : ''}`}>
          <Drill
            runId={run.id}
            filter={{ level: to, against: earlier.id, was: from ?? 'none' }}
            count={count(to)}
            label={`${name} → ${t(`abc.level.${to}`)}`}
          />
        </td>
      ))}
      <td className="end">
        {from && (
          <Drill
            runId={earlier.id}
            filter={{ level: from, against: run.id, was: 'none' }}
            count={count(null)}
            label={`${name} → ${t('moves.gone')}`}
          />
        )}
      </td>
    </tr>
  )
}

/** How many climbed and how many sank between levels. */
function directions(moves: readonly Move[]): { up: number; down: number } {
  const place = (level: string | null) => levels.indexOf(level as Level)
  const between = moves.filter(({ from, to }) => from !== null && to !== null)
  const sum = (of: readonly Move[]) => of.reduce((total, { customers }) => total + customers, 0)
  return {
    up: sum(between.filter(({ from, to }) => place(to) < place(from))),
    down: sum(between.filter(({ from, to }) => place(to) > place(from))),
  }
}
