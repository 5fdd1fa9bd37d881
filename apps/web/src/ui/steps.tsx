/** Where one is in a sequence: what is done, what is now, what comes. */
export function Steps({ label, names, current }: { label: string; names: readonly string[]; current: number }) {
  return (
    <ol className="steps" aria-label={label}>
      {names.map((name, index) => (
        <li key={name} className={index < current ? 'step-done' : undefined} {...(index === current ? { 'aria-current': 'step' } : {})}>
          <span aria-hidden>{index < current ? '✓' : index + 1}</span>
          {name}
        </li>
      ))}
    </ol>
  )
}
