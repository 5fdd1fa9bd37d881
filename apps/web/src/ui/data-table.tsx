import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useRowWindow } from './row-window.ts'
import { useTranslation } from './translation.ts'
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

/** Rows that come one page after the other. */
interface PagedRows<Row> {
  rows: readonly Row[]
  /** How many there are in all, where it is known. */
  total?: number | undefined
  hasMore: boolean
  loadingMore: boolean
  loadMore: () => void
}

/** Rows that can be asked for at any place; of those not here yet only the place is shown. */
interface PlacedRows<Row> {
  count: number
  rowAt: (index: number) => Row | undefined
  /** Called with the rows that are to be seen. */
  onWindow: (first: number, end: number) => void
}

/** Rows that are marked for something to be done with them, by Space or a press. */
interface Selection<Row> {
  isSelected: (row: Row) => boolean
  /** Kept, like `labelOf`: a new one has every row drawn anew. */
  toggle: (row: Row) => void
  labelOf: (row: Row) => string
}

export interface TableHandle {
  /** Brings a row to the top of the window, and the focus onto it. */
  goTo: (index: number) => void
}

interface Appearance<Row, Sort extends string> {
  label: string
  /** New columns have every row drawn anew, so a list that is scrolled through keeps them, and its `card`. */
  columns: readonly Column<Row, Sort>[]
  rowKey: (row: Row) => string
  /** The row on a narrow screen, in the same order of importance. */
  card: (row: Row) => ReactNode
  onOpen?: (row: Row) => void
  sorted?: { by: Sort; order: 'ascending' | 'descending' } | undefined
  onSort?: (by: Sort) => void
  selection?: Selection<Row>
  ref?: Ref<TableHandle>
}

type Props<Row, Sort extends string> = Appearance<Row, Sort> & (PagedRows<Row> | PlacedRows<Row>)

const rowHeight = 41
const cardHeight = 92

/**
 * A list of any length: only the rows in view exist. ↑ ↓ PageUp PageDown Home End move, Enter opens, Space marks. On a narrow screen
 * the rows are cards.
 */
export function DataTable<Row, Sort extends string = string>({ ref, ...props }: Props<Row, Sort>) {
  const { columns, onOpen, selection } = props
  const paged = 'rows' in props ? props : undefined
  const count = 'rows' in props ? props.rows.length : props.count
  const rowAt = (index: number): Row | undefined => ('rows' in props ? props.rows[index] : props.rowAt(index))
  const narrow = useNarrow()
  const height = narrow ? cardHeight : rowHeight
  const body = useRef<HTMLDivElement>(null)
  const [wanted, setActive] = useState(0)
  // The list may have become shorter: one row can always be reached with Tab.
  const active = Math.min(wanted, Math.max(count - 1, 0))
  const wantsFocus = useRef(false)
  const { first, end, shift, height: bodyHeight, show } = useRowWindow(body, count, height)
  const { hasMore = false, loadingMore = false, loadMore } = paged ?? {}
  useEffect(() => {
    if (hasMore && !loadingMore && count > 0 && end >= count - 8) loadMore?.()
  }, [hasMore, loadingMore, end, count, loadMore])
  const onWindow = 'onWindow' in props ? props.onWindow : undefined
  useEffect(() => onWindow?.(first, end), [onWindow, first, end])
  useEffect(() => {
    if (!wantsFocus.current) return
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (!row) return
    row.focus({ preventScroll: true })
    wantsFocus.current = false
  })
  useImperativeHandle(ref, () => ({
    goTo: (index) => {
      wantsFocus.current = true
      setActive(index)
      show(index, 'start')
    },
  }))

  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), count - 1)
    wantsFocus.current = true
    setActive(next)
    show(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const onRow = (event.target as Element).matches('[data-index]')
    const page = Math.max(1, Math.floor(window.innerHeight / height) - 4)
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    }
    const to = steps[event.key]
    const row = rowAt(active)
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && onRow && row) onOpen?.(row)
    else if (event.key === ' ' && onRow && row && selection) selection.toggle(row)
    else return
    event.preventDefault()
  }
  const onFocus = ({ target }: FocusEvent) => {
    const index = indexOf(target)
    if (index !== undefined) setActive(index)
  }
  const onClick = ({ target }: MouseEvent) => {
    const index = indexOf(target as Element)
    const row = index === undefined ? undefined : rowAt(index)
    if (row && !isControl(target as Element)) onOpen?.(row)
  }
  const tracks = [...(selection ? ['20px'] : []), ...columns.map(({ width }) => width)].join(' ')
  const shown = Array.from({ length: Math.max(0, Math.min(end, count) - first) }, (_, i) => first + i)
  // A row that was left behind can still be reached with Tab.
  const reachable = active >= first && active < end ? active : first
  return (
    <div
      role="grid"
      aria-label={props.label}
      aria-rowcount={(paged?.total ?? count) + 1}
      aria-multiselectable={selection ? true : undefined}
      className={narrow ? 'grid grid-cards' : 'grid'}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={narrow ? 'sr-only' : 'grid-head'}>
        <div role="row" style={{ gridTemplateColumns: tracks }}>
          {selection && <SelectionHead />}
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sorted={props.sorted} onSort={props.onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body} className="grid-body" style={{ height: bodyHeight }} onFocus={onFocus} onClick={onClick}>
        {shown.map((index) => {
          const row = rowAt(index)
          return (
            <TableRow
              key={paged && row ? props.rowKey(row) : index}
              row={row}
              index={index}
              top={index * height - shift}
              height={height}
              narrow={narrow}
              tracks={tracks}
              columns={columns}
              card={props.card}
              opens={onOpen !== undefined}
              reachable={index === reachable}
              selected={selection && row ? selection.isSelected(row) : undefined}
              toggle={selection?.toggle}
              labelOf={selection?.labelOf}
            />
          )
        })}
      </div>
    </div>
  )
}

const isControl = (target: Element) => target.closest('a, button, input, label') !== null

/** Of the row that something happened in. */
const indexOf = (target: Element): number | undefined => {
  const index = target.closest<HTMLElement>('[data-index]')?.dataset['index']
  return index === undefined ? undefined : Number(index)
}

interface RowProps<Row> {
  row: Row | undefined
  index: number
  top: number
  height: number
  narrow: boolean
  tracks: string
  columns: readonly Column<Row>[]
  card: (row: Row) => ReactNode
  opens: boolean
  /** Whether Tab leads to it. */
  reachable: boolean
  selected: boolean | undefined
  toggle: ((row: Row) => void) | undefined
  labelOf: ((row: Row) => string) | undefined
}

/** Drawn again only when something of it changes: a key that moves on draws two rows, not all that exist. */
const TableRow = memo(function TableRow<Row>(props: RowProps<Row>) {
  const { row, index, top, height, narrow, tracks, opens, reachable, selected } = props
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      className={opens ? 'grid-row grid-row-opens' : 'grid-row'}
      style={{ height, top, ...(narrow ? {} : { gridTemplateColumns: tracks }) }}
    >
      {narrow ? <div role="gridcell">{row === undefined ? <span className="placeholder" /> : props.card(row)}</div> : <Cells {...props} />}
    </div>
  )
}) as <Row>(props: RowProps<Row>) => ReactNode

function Cells<Row>({ row, columns, selected = false, toggle, labelOf }: RowProps<Row>) {
  return (
    <>
      {toggle && (
        <div role="gridcell">
          {row !== undefined && (
            <input type="checkbox" tabIndex={-1} aria-label={labelOf?.(row)} checked={selected} onChange={() => toggle(row)} />
          )}
        </div>
      )}
      {columns.map(({ key, align, render }) => (
        <div key={key} role="gridcell" className={align === 'end' ? 'end' : undefined}>
          {row === undefined ? <span className="placeholder" /> : render(row)}
        </div>
      ))}
    </>
  )
}

function SelectionHead() {
  const { t } = useTranslation()
  return (
    <div role="columnheader">
      <span className="sr-only">{t('table.selected')}</span>
    </div>
  )
}

function HeadCell<Row, Sort extends string>({
  column,
  sorted,
  onSort,
}: {
  column: Column<Row, Sort>
  sorted: Appearance<Row, Sort>['sorted']
  onSort: Appearance<Row, Sort>['onSort']
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
