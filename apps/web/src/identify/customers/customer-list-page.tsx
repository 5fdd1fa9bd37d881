import './texts.ts'
import './list-texts.ts'
import './field-texts.ts'
import '../collection/import-chip-texts.ts'
import '../../differentiate/label-texts.ts'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { CustomerRow, CustomerSort } from '@zhike/contract/identify/customers.ts'
import { type FormEvent, useCallback, useMemo, useRef, useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { DataTable, type TableHandle } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Checkbox, Select } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { Popover } from '../../ui/popover.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { CustomerCard, useCustomerColumns } from './customer-columns.tsx'
import { CustomerFilters } from './customer-filters.tsx'
import { useCustomerRows } from './customer-rows.ts'
import { ExportList } from './list-export.tsx'
import { naturalOrder, orderOf, pressed, reversed } from './list-order.ts'
import type { CustomerListState } from './list-query.ts'
import { ListViews } from './list-views.tsx'
import './list.css'

const routeApi = getRouteApi('/shell/customers')

export function CustomerListPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback(
    (next: Partial<CustomerListState>) => navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  const search = useCallback((q: string) => void change({ q: q || undefined }), [change])
  const list = useCustomerRows(state)
  const formats = useFormats()
  const countText = list.exact ? formats.count(list.count) : t('customers.about', { count: formats.count(list.count) as unknown as number })
  return (
    <Page
      title={t('customers.title')}
      purpose={t('customers.purpose')}
      actions={
        <>
          <ExportList state={state} count={list.count} />
          {may('import.run') && (
            <Link to="/imports/new" className={buttonClass()}>
              {t('customers.import')}
            </Link>
          )}
          {may('customer.create') && (
            <Link to="/customers/new" className={buttonClass('primary')}>
              {t('customers.new')}
            </Link>
          )}
        </>
      }
    >
      <ListViews state={state} count={list.known ? countText : ''} />
      <div className="toolbar">
        <SearchInput label={t('customers.search.label')} placeholder={t('customers.search')} text={state.q ?? ''} onSearch={search} />
        <CustomerFilters state={state} onChange={change} />
        <span className="toolbar-end">
          <SortChip state={state} onChange={change} />
          <ColumnChip state={state} onChange={change} />
        </span>
      </div>
      <CustomerTable state={state} list={list} total={countText} onChange={change} />
    </Page>
  )
}

const sorts = ['lastOrderAt', 'spent', 'name', 'createdAt'] as const satisfies readonly CustomerSort[]

interface StateProps {
  state: CustomerListState
  onChange: (next: Partial<CustomerListState>) => Promise<void>
}

function SortChip({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const order = orderOf(state)
  const options = [
    ...(state.q === undefined ? [] : [{ value: 'match' as const, label: t('customers.sort.match') }]),
    ...sorts.map((value) => ({ value, label: t(`customers.sort.${value}`) })),
  ]
  return (
    <span className="chip chip-on chip-sort">
      <Select<CustomerSort | 'match'>
        className="chip-select"
        aria-label={t('customers.sort')}
        value={order?.by ?? 'match'}
        options={options}
        onChange={(next) =>
          void onChange(next === 'match' ? { sort: undefined, order: undefined } : { sort: next, order: naturalOrder(next) })
        }
      />
      {order && (
        <button
          type="button"
          aria-label={t('customers.sort.reverse')}
          onClick={() => void onChange({ sort: order.by, order: reversed(order.order) })}
        >
          {order.order === 'ascending' ? '↑' : '↓'}
        </button>
      )}
    </span>
  )
}

/** Which columns the table has. */
function ColumnChip({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const columns = useCustomerColumns()
  const shown = columns.filter(({ key }) => isShown(state, key))
  const toggle = (key: string, on: boolean) => {
    const next = columns.filter((column) => (column.key === key ? on : shown.includes(column))).map((column) => column.key)
    void onChange({ columns: next.length === columns.length ? undefined : next })
  }
  return (
    <span className="chip chip-on wide-only">
      <Popover
        label={t('customers.columns')}
        buttonClassName="chip-button"
        align="end"
        button={
          <>
            {t('customers.columns')} <strong>{shown.length}</strong>
          </>
        }
      >
        <div className="chip-choices">
          {columns.map(({ key, title }) => (
            // The first column says who it is.
            <Checkbox key={key} checked={isShown(state, key)} disabled={key === 'customer'} onChange={(on) => toggle(key, on)}>
              {title}
            </Checkbox>
          ))}
        </div>
      </Popover>
    </span>
  )
}

const cardOf = (row: CustomerRow) => <CustomerCard customer={row} />

const isShown = ({ columns }: Pick<CustomerListState, 'columns'>, key: string): boolean =>
  columns === undefined || key === 'customer' || columns.includes(key)

function CustomerTable({ state, list, total, onChange }: StateProps & { list: ReturnType<typeof useCustomerRows>; total: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const all = useCustomerColumns()
  const { columns: chosen } = state
  const columns = useMemo(() => all.filter(({ key }) => isShown({ columns: chosen }, key)), [all, chosen])
  const table = useRef<TableHandle>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    ({ id }: CustomerRow) =>
      setSelected((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    [],
  )
  const labelOf = useCallback(({ name, code }: CustomerRow) => t('customers.select', { name: name ?? code }), [t])
  if (list.failed) return <ProblemNotice error={list.failed} retry={list.retry} />
  if (list.count === 0) return <NoCustomers state={state} onChange={onChange} />
  const order = orderOf(state)
  return (
    <>
      <DataTable<CustomerRow, CustomerSort>
        ref={table}
        label={t('customers.list')}
        count={list.count}
        rowAt={list.rowAt}
        onWindow={list.onWindow}
        columns={columns}
        rowKey={({ id }) => id}
        card={cardOf}
        onOpen={({ id }) => void navigate({ to: '/customers/$id', params: { id } })}
        sorted={order}
        onSort={(by) => {
          const next = pressed(by, order)
          void onChange({ sort: next.by, order: next.order })
        }}
        selection={{ isSelected: ({ id }) => selected.has(id), toggle, labelOf }}
      />
      <div className="status-line list-status">
        <span aria-live="polite">
          <span data-rows={list.exact ? list.count : undefined}>{list.known ? t('customers.total', { total }) : t('state.loading')}</span>
          {selected.size > 0 && ` · ${t('customers.selected', { count: selected.size })}`}
          <span className="wide-only"> · {t('customers.keys')}</span>
        </span>
        {selected.size > 0 && (
          <Button kind="link" onClick={() => setSelected(new Set())}>
            {t('customers.select.clear')}
          </Button>
        )}
        <GoTo count={list.count} onGo={(index) => table.current?.goTo(index)} />
        <span>
          {list.loading || list.readAt === 0
            ? t('state.loading')
            : t('customers.updated', { time: formats.moment(new Date(list.readAt).toISOString()) })}
        </span>
      </div>
    </>
  )
}

/** Leads to a row by its position, in lists that are longer than a window. */
function GoTo({ count, onGo }: { count: number; onGo: (index: number) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  if (count < 50) return null
  const go = (event: FormEvent) => {
    event.preventDefault()
    const wanted = Number(typed)
    if (Number.isInteger(wanted) && wanted >= 1) onGo(Math.min(wanted, count) - 1)
  }
  return (
    <form className="go-to" onSubmit={go}>
      <label>
        {t('customers.goTo')}{' '}
        <input
          className="input input-small"
          inputMode="numeric"
          maxLength={9}
          value={typed}
          onChange={({ target }) => setTyped(target.value.replace(/\D/g, ''))}
        />
      </label>
    </form>
  )
}

function NoCustomers({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const may = useAllowed()
  if (state.view === 'at-risk' && state.q === undefined) {
    return (
      <Empty
        title={t('customers.noRisk')}
        text={t('customers.noRisk.text')}
        action={
          <Link to="/rfm" className={buttonClass()}>
            {t('customers.noRisk.action')}
          </Link>
        }
      />
    )
  }
  if (state.view === 'birthdays' && state.q === undefined) {
    return (
      <Empty
        title={t('customers.noBirthday')}
        text={t('customers.noBirthday.text')}
        action={
          may('import.run') && (
            <Link to="/imports/new" className={buttonClass()}>
              {t('customers.empty.action')}
            </Link>
          )
        }
      />
    )
  }
  if (state.q !== undefined || state.where !== undefined) {
    return (
      <Empty
        title={t('customers.nobody')}
        text={t('customers.nobody.text')}
        action={
          <Button onClick={() => void onChange({ q: undefined, where: undefined, view: undefined })}>{t('customers.nobody.action')}</Button>
        }
      />
    )
  }
  return (
    <Empty
      title={t('customers.empty')}
      text={t('customers.empty.text')}
      action={
        may('import.run') && (
          <Link to="/imports/new" className={buttonClass('primary')}>
            {t('customers.empty.action')}
          </Link>
        )
      }
    />
  )
}
