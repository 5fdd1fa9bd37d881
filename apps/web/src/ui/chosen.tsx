interface Props {
  items: readonly { value: string; label: string }[]
  /** What the × of one is called. */
  remove: (label: string) => string
  onRemove: (value: string) => void
}

/** What has been chosen or entered one after the other, each with the way to take it away. */
export const Chosen = ({ items, remove, onRemove }: Props) =>
  items.map(({ value, label }) => (
    <span key={value} className="badge badge-gray">
      {label}
      <button type="button" className="chip-clear" aria-label={remove(label)} onClick={() => onRemove(value)}>
        ×
      </button>
    </span>
  ))
