import { type ReactNode, useId } from 'react'

/** Words that come up beside something when it is pointed at or has the focus, and go with Esc. The child must be able to have the focus. */
export function Tooltip({ text, children }: { text: string; children: (props: { 'aria-describedby': string }) => ReactNode }) {
  const id = useId()
  return (
    <span className="tooltip">
      {children({ 'aria-describedby': id })}
      <span role="tooltip" id={id}>
        {text}
      </span>
    </span>
  )
}
