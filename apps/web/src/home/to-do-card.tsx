import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { freshDays, type ToDo } from '@zhike/contract/home.ts'
import type { ReactNode } from 'react'
import { useFormats } from '../ui/formats.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTranslation } from '../ui/translation.ts'
import { toDo } from './home-queries.ts'

/** What waits for whoever reads: a line each, which leads to where it is done. */
export function ToDoCard() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(toDo)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={5} />
  return (
    <Card title={t('home.todo.title')}>
      <Waiting toDo={data} />
    </Card>
  )
}

function Waiting({ toDo: { birthdays, imports, jobs, analyses, backup } }: { toDo: ToDo }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const unfinished = (jobs?.waiting ?? 0) + (jobs?.running ?? 0)
  const items: ReactNode[] = [
    birthdays && birthdays.count > 0 && (
      <Item
        key="birthdays"
        calm
        link={
          <Link to="/customers" search={{ where: birthdays.filter, view: 'birthdays' }} data-rows={birthdays.count}>
            {t('home.todo.birthdays', { count: birthdays.count, number: formats.count(birthdays.count) })}
          </Link>
        }
        why={t('home.todo.birthdays.why')}
      />
    ),
    ...(imports?.items ?? []).map((item) => <ImportToDo key={item.id} item={item} />),
    imports && imports.count > imports.items.length && (
      <Item
        key="imports"
        link={
          <Link to="/imports" search={{ repair: true }} data-rows={imports.count}>
            {t('home.todo.import.more', { count: imports.count, number: formats.count(imports.count) })}
          </Link>
        }
      />
    ),
    unfinished > 0 && jobs && (
      <Item
        key="jobs"
        calm
        link={
          <Link to="/jobs" search={{ state: 'unfinished' }} data-rows={unfinished}>
            {t('home.todo.jobs', { count: unfinished, number: formats.count(unfinished) })}
          </Link>
        }
        why={t('home.todo.jobs.why', { running: formats.count(jobs.running), waiting: formats.count(jobs.waiting) })}
      />
    ),
    backup && (
      <Item
        key="backup"
        link={
          <Link to="/system">
            {backup.lastAt ? t('home.todo.backup.old', { ago: formats.ago(backup.lastAt) }) : t('home.todo.backup.never')}
          </Link>
        }
        why={t('home.todo.backup.why')}
      />
    ),
    ...(analyses ?? []).map((analysis) => <AnalysisToDo key={analysis.method} analysis={analysis} />),
  ].filter(Boolean)
  return items.length === 0 ? <p className="muted">{t('home.todo.nothing')}</p> : <ul className="home-list">{items}</ul>
}

/** `calm`: nothing is wrong, it only is not over. */
function Item({ link, why, calm }: { link: ReactNode; why?: string; calm?: true }) {
  return (
    <li className={calm ? 'home-item home-item-calm' : 'home-item'}>
      <div>
        {link}
        {why && <p className="muted small">{why}</p>}
      </div>
    </li>
  )
}

type ImportItem = NonNullable<ToDo['imports']>['items'][number]

function ImportToDo({ item: { id, state, file, failed, withoutRate } }: { item: ImportItem }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const broken = state === 'failed' || state === 'cancelled'
  const rows = (count: number) => ({ count, number: formats.count(count) })
  return (
    <Item
      link={
        <Link to="/imports/$id" params={{ id }} {...(broken ? {} : { hash: 'failures', 'data-rows': failed })}>
          {broken ? t('home.todo.import.broken', { file }) : t('home.todo.import', { file, ...rows(failed) })}
        </Link>
      }
      why={
        broken
          ? t('home.todo.import.broken.why')
          : withoutRate > 0
            ? t('home.todo.import.rates', rows(withoutRate))
            : t('home.todo.import.why')
      }
    />
  )
}

function AnalysisToDo({ analysis: { method, lastRunAt } }: { analysis: NonNullable<ToDo['analyses']>[number] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const name = t(`home.method.${method}`)
  return (
    <Item
      link={
        <Link to={`/${method}`}>
          {lastRunAt === null
            ? t('home.todo.analysis.never', { method: name })
            : t('home.todo.analysis.old', { method: name, ago: formats.ago(lastRunAt) })}
        </Link>
      }
      why={lastRunAt === null ? t('home.todo.analysis.never.why') : t('home.todo.analysis.old.why', { days: freshDays })}
    />
  )
}
