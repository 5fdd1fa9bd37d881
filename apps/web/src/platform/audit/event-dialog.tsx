import '../../identify/customers/field-texts.ts'
import '../rights-texts.ts'
import { Link } from '@tanstack/react-router'
import type { AuditEvent } from '@zhike/contract/platform/audit-log.ts'
import { useCodeText } from '../../app/code-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { useTranslation } from '../../ui/translation.ts'

interface Props {
  event: AuditEvent
  onClose: () => void
  onObject: (wanted: { object: string; id: string | undefined }) => void
}

/** One event with everything that is kept of it. */
export function EventDialog({ event, onClose, onObject }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const { object, objectId, details } = event
  const entries = Object.entries(details).filter(([, value]) => value !== null)
  const who = event.user?.name ?? t('audit.who.nobody')
  return (
    <Dialog
      wide
      title={`${who} ${text('audit.action', event.action)}`}
      onClose={onClose}
      actions={object && <Button onClick={() => onObject({ object, id: objectId ?? undefined })}>{t('audit.object.only')}</Button>}
    >
      <dl className="pairs">
        <Pair term={t('audit.when')}>{formats.moment(event.at)}</Pair>
        <Pair term={t('audit.via')}>{text('audit.via', event.via)}</Pair>
        {object && (
          <Pair term={t('audit.object')}>
            {text('audit.object', object)} {objectId} <ObjectLink object={object} id={objectId} />
          </Pair>
        )}
        {entries.map(([key, value]) => (
          <Pair key={key} term={text('audit.detail', key)}>
            <DetailValue name={key} value={value} />
          </Pair>
        ))}
        {entries.length === 0 && <Pair term={t('audit.details')}>{t('audit.details.none')}</Pair>}
        <Pair term={t('audit.code')}>
          <code>{event.action}</code>
        </Pair>
        <Pair term={t('audit.number')}>{event.id}</Pair>
        {event.requestId && <Pair term={t('audit.request')}>{event.requestId}</Pair>}
      </dl>
    </Dialog>
  )
}

const Pair = ({ term, children }: { term: string; children: React.ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

/** To the record itself, where it has a page. */
function ObjectLink({ object, id }: { object: string; id: string | null }) {
  const { t } = useTranslation()
  if (!id) return null
  if (object === 'customers') {
    return (
      <Link to="/customers/$id" params={{ id }}>
        {t('audit.open')}
      </Link>
    )
  }
  if (object === 'users') {
    return (
      <Link to="/people/$id" params={{ id }}>
        {t('audit.open')}
      </Link>
    )
  }
  if (object === 'roles') {
    return (
      <Link to="/people/roles/$id" params={{ id }}>
        {t('audit.open')}
      </Link>
    )
  }
  return null
}

function DetailValue({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const list = useListText()
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
  if (typeof value === 'string') return name === 'purpose' ? text('audit.export', value) : value
  if (typeof value === 'number') return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    const words = { fields: 'field', clear: 'field', rights: 'right' }[name]
    return value.length === 0 ? '—' : list(words ? value.map((each) => text(words, each)) : value)
  }
  return <pre className="audit-value">{JSON.stringify(value, null, 2)}</pre>
}
