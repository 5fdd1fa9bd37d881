import { recordContact } from '@zhike/contract/identify/catalog.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useRecordContact } from './customer-queries.ts'

const schema = recordContact.body
const media = schema.shape.medium.options
const directions = schema.shape.direction.options

/** Notes down a contact with a customer: it stands in the timeline at once. */
export function ContactDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const record = useRecordContact(id)
  return (
    <Dialog title={t('contact.title')} onClose={onClose}>
      <SchemaForm
        schema={schema}
        initial={{ medium: 'phone', direction: 'in' }}
        fields={[
          { name: 'content', label: t('contact.content'), control: 'long', autoFocus: true },
          { name: 'medium', label: t('contact.medium'), options: media.map((value) => ({ value, label: t(`medium.${value}`) })) },
          {
            name: 'direction',
            label: t('contact.direction'),
            options: directions.map((value) => ({ value, label: t(`contact.direction.${value}`) })),
          },
          { name: 'result', label: t('contact.result') },
          { name: 'nextStep', label: t('contact.nextStep') },
        ]}
        submit={t('contact.save')}
        onSubmit={async (body) => {
          await record.mutateAsync(body)
          say({ text: t('contact.saved') })
          onClose()
        }}
      />
    </Dialog>
  )
}
