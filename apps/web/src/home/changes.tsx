import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCodeText } from '../app/code-text.ts'
import { analysisList, analysisOf, runList } from '../differentiate/analyses/analysis-queries.ts'
import { Drill } from '../differentiate/analyses/drill.tsx'
import { movement } from '../differentiate/analyses/moves.ts'
import { stateTones } from '../identify/collection/import-list-page.tsx'
import { RfmGroupBadge } from '../identify/customers/labels.tsx'
import { Badge } from '../ui/badge.tsx'
import { useFormats } from '../ui/formats.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTranslation } from '../ui/translation.ts'
import { latestImports, latestMoves, latestOrders } from './home-queries.ts'

/** Between which groups customers went since the run before the latest. */
export function MovesCard() {
  const { t } = useTranslation()
  const analyses = useQuery(analysisList)
  const rfm = analyses.data && analysisOf('rfm', analyses.data.items)
  const runs = useQuery({ ...runList(rfm?.id ?? ''), enabled: rfm !== undefined })
  const [latest, earlier] = (runs.data?.items ?? []).filter(({ state }) => state === 'done')
  const failed = analyses.isError ? analyses : runs.isError ? runs : undefined
  if (failed) return <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
  if (latest && earlier) return <Moves latest={latest} earlier={earlier} />
  if (analyses.isPending || (rfm && runs.isPending)) return <Skeleton rows={4} />
  return (
    <Card title={t('home.moves.title')}>
      <Link to="/rfm">{t('home.moves.once')}</Link>
    </Card>
  )
}

const shownGroups = 6

function Moves({ latest, earlier }: { latest: Run; earlier: Run }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(latestMoves(latest.id, earlier.id))
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} />
  const { moves } = data
  const moved = moves
    .filter(({ from, to }) => from !== null && to !== null && from !== to)
    .reduce((sum, { customers }) => sum + customers, 0)
  const groups = [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
    .flatMap((group) => (group === null ? [] : [{ group, ...movement(moves, group) }]))
    .map(({ group, came, left }) => ({ group, came, left, net: came - left }))
    .filter(({ came, left }) => came + left > 0)
    .toSorted((a, b) => Math.abs(b.net) - Math.abs(a.net))
    .slice(0, shownGroups)
  const day = earlier.asOf
  return (
    <Card
      title={moved === 0 ? t('home.moves.none', { day }) : t('home.moves.finding', { day, count: moved, number: formats.count(moved) })}
      note={t('home.moves.note')}
      actions={
        <Link to="/rfm" search={{ run: latest.id, earlier: earlier.id }}>
          {t('home.moves.open')}
        </Link>
      }
    >
      <ul className="home-list">
        {groups.map(({ group, came, left, net }) => (
          <li key={group} className="home-row">
            <RfmGroupBadge group={group} />
            <span className="home-moves">
              <Drill
                runId={latest.id}
                filter={{ group, against: earlier.id }}
                count={came}
                label={`${text('rfm.group', group)}, ${t('home.moves.came')}`}
              />
              <Drill
                runId={earlier.id}
                filter={{ group, against: latest.id }}
                count={left}
                label={`${text('rfm.group', group)}, ${t('home.moves.left')}`}
              />
              <b className={net < 0 ? 'down' : 'up'}>{formats.signed(net)}</b>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function LatestOrders() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(latestOrders)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  return (
    <Card title={t('home.orders.title')} actions={<Link to="/orders">{t('home.orders.open')}</Link>}>
      {data.items.length === 0 && <p className="muted">{t('home.orders.none')}</p>}
      <ul className="home-list">
        {data.items.map(({ id, number, customer, amount, currency, placedAt, channel }) => (
          <li key={id} className="home-row">
            <div>
              {customer ? (
                <Link to="/customers/$id" params={{ id: customer.id }}>
                  {customer.name ?? customer.code}
                </Link>
              ) : (
                <span>{t('home.orders.nobody')}</span>
              )}
              <p className="muted small">
                <Link to="/orders/$id" params={{ id }}>
                  {number}
                </Link>{' '}
                · {channel.name} · {formats.ago(placedAt)}
              </p>
            </div>
            <span>{formats.money(amount, currency)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function LatestImports() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(latestImports)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={5} />
  return (
    <Card title={t('home.imports.title')} actions={<Link to="/imports">{t('home.imports.open')}</Link>}>
      {data.items.length === 0 && <p className="muted">{t('home.imports.none')}</p>}
      <ul className="home-list">
        {data.items.map(({ id, file, state, rows, createdAt, startedBy }) => (
          <li key={id} className="home-row">
            <div>
              <Link to="/imports/$id" params={{ id }}>
                {file.name}
              </Link>
              <p className="muted small">
                {t('home.imports.rows', { count: rows, number: formats.count(rows) })} · {startedBy.name} · {formats.ago(createdAt)}
              </p>
            </div>
            <Badge tone={stateTones[state]}>{t(`import.state.${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  )
}
