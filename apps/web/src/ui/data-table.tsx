import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useNarrow } from './use-narrow.ts'

export interface Column<Row, Sort extends string = string> {
  key: string
  title: string
  /** Track of the grid: `120px`, `minmax(160px, 2fr)`. */
  width: string
  align?: 'end'
  /** Sorted by this when its head is pressed. */
  sort?: Sort
  render: (row: Row) => ReactNode
}

interface Props<Row, Sort extends string> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row, Sort>[]
  rowKey: (row: Row) => string
  /** The row on a narrow screen, in the same order of importance. */
  card: (row: Row) => ReactNode
  onOpen?: (row: Row) => void
  /** How many there are in all, where it is known. */
  total?: number | undefined
  sorted?: { by: Sort; order: 'ascending' | 'descending' } | undefined
  onSort?: (by: Sort) => void
  hasMore: boolean
  loadingMore: boolean
  loadMore: () => void
}

const rowHeight = 41
const cardHeight = 84

/**
 * A list of any length: only the rows in view exist, more are fetched before the end comes into view. ↑ ↓ Home End move,
 * Enter opens. On a narrow screen the rows are cards.
 */
export function DataTable<Row, Sort extends string = string>(props: Props<Row, Sort>) {
  const { rows, columns, rowKey, onOpen, hasMore, loadingMore, loadMore } = props
  const narrow = useNarrow()
  const body = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  const [wanted, setActive] = useState(0)
  // The list may have become shorter: one row can always be reached with Tab.
  const active = Math.min(wanted, Math.max(rows.length - 1, 0))
  const wantsFocus = useRef(false)
  useLayoutEffect(() => setMargin(body.current?.offsetTop ?? 0), [narrow, rows.length])
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is passed on to a memoised component
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (narrow ? cardHeight : rowHeight),
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (index) => rowKey(rows[index]!),
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !loadingMore && rows.length > 0 && last >= rows.length - 20) loadMore()
  }, [hasMore, loadingMore, last, rows.length, loadMore])
  useEffect(() => virtual.measure(), [narrow, virtual])
  useEffect(() => {
    if (!wantsFocus.current) return
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (!row) return
    row.focus({ preventScroll: true })
    wantsFocus.current = false
  })

  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1)
    wantsFocus.current = true
    setActive(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 }
    const to = steps[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && event.target === event.currentTarget.querySelector(`[data-index="${active}"]`))
      onOpen?.(rows[active]!)
    else return
    event.preventDefault()
  }
  const tracks = columns.map(({ width }) => width).join(' ')
  return (
    <div
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      className={narrow ? 'grid grid-cards' : 'grid'}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={narrow ? 'sr-only' : 'grid-head'}>
        <div role="row" style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sorted={props.sorted} onSort={props.onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body} className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const row = rows[index]!
          return (
            <div
              key={key}
              role="row"
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              tabIndex={index === active ? 0 : -1}
              className={onOpen ? 'grid-row grid-row-opens' : 'grid-row'}
              style={{ transform: `translateY(${start - margin}px)`, ...(narrow ? {} : { gridTemplateColumns: tracks }) }}
              onFocus={() => setActive(index)}
              onClick={(event) => {
                if (!(event.target as Element).closest('a, button')) onOpen?.(row)
              }}
            >
              {narrow ? (
                <div role="gridcell">{props.card(row)}</div>
              ) : (
                columns.map(({ key: column, align, render }) => (
                  <div key={column} role="gridcell" className={align === 'end' ? 'end' : undefined}>
                    {render(row)}
                  </div>
                ))
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function HeadCell<Row, Sort extends string>({
  column,
  sorted,
  onSort,
}: {
  column: Column<Row, Sort>
  sorted: Props<Row, Sort>['sorted']
  onSort: Props<Row, Sort>['onSort']
}) {
  const { sort, title, align } = column
  const isSorted = sort !== undefined && sorted?.by === sort
  return (
    <div role="columnheader" className={align === 'end' ? 'end' : undefined} {...(isSorted ? { 'aria-sort': sorted.order } : {})}>
      {sort && onSort ? (
        <button type="button" onClick={() => onSort(sort)}>
          {title}
          {isSorted && <span aria-hidden> {sorted.order === 'ascending' ? '↑' : '↓'}</span>}
        </button>
      ) : (
        title
      )}
    </div>
  )
}
