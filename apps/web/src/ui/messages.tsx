import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { useTranslation } from './translation.ts'

export interface Message {
  text: string
  tone?: 'good' | 'bad'
  /** Takes back what the message tells of. */
  undo?: () => void | Promise<unknown>
  /** Another way on: what it is called and what it does. */
  action?: { label: string; run: () => void }
}

interface Shown extends Message {
  id: number
}

let shown: readonly Shown[] = []
let count = 0
const listeners = new Set<() => void>()
const change = (next: readonly Shown[]) => {
  shown = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells what has happened, below at the edge; goes away by itself, not while it is pointed at or has the focus. */
export function say(message: Message): void {
  count += 1
  change([...shown.slice(-2), { ...message, id: count }])
}

const remove = (id: number) => change(shown.filter((message) => message.id !== id))
/** What can be taken back stays longer, in ms. */
const stays = ({ undo, action, tone }: Message) => (undo || action ? 12_000 : tone === 'bad' ? 10_000 : 5_000)

/** The place of the messages: once, around everything. */
export function Messages() {
  const { t } = useTranslation()
  const messages = useSyncExternalStore(subscribe, () => shown)
  return (
    <section className="messages" aria-label={t('messages.label')} aria-live="polite">
      {messages.map((message) => (
        <OneMessage key={message.id} message={message} />
      ))}
    </section>
  )
}

function OneMessage({ message }: { message: Shown }) {
  const { t } = useTranslation()
  const [held, setHeld] = useState(false)
  const [undoing, setUndoing] = useState(false)
  const { id, text, tone = 'good', undo, action } = message
  useEffect(() => {
    if (held || undoing) return
    const timer = setTimeout(() => remove(id), stays(message))
    return () => clearTimeout(timer)
  }, [held, undoing, id, message])
  const takeBack = async () => {
    setUndoing(true)
    await undo?.()
    remove(id)
  }
  return (
    <div
      className={`message message-${tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role={tone === 'bad' ? 'alert' : undefined}>{text}</span>
      {undo && (
        <Button kind="link" busy={undoing} onClick={() => void takeBack()}>
          {t('action.undo')}
        </Button>
      )}
      {action && (
        <Button
          kind="link"
          onClick={() => {
            remove(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <button type="button" className="message-close" aria-label={t('action.close')} onClick={() => remove(id)}>
        ×
      </button>
    </div>
  )
}
