import type { Customer } from '@zhike/contract/identify/customers.ts'
import { useState } from 'react'
import { useCodeText } from '../../app/code-text.ts'
import { useAllowed } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useSplitOff } from './customer-queries.ts'

type Profile = Customer['profiles'][number]

/** The source profiles that a customer is made of, why each belongs here, and the way to split one off. */
export function CustomerProfiles({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const may = useAllowed()
  const [splitting, setSplitting] = useState<Profile>()
  const { profiles } = customer
  return (
    <Card title={<span data-rows={profiles.length}>{t('profiles.title', { count: profiles.length })}</span>} note={t('profiles.note')}>
      <ul className="profiles">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <div>
              <b>{profile.channel.name}</b>{' '}
              <span className="muted small">{[profile.sourceKey, formats.day(profile.recordedAt)].filter(Boolean).join(' · ')}</span>
              <div className="muted small">
                {text('link.rule', profile.link?.rule ?? 'new')}
                {profile.link &&
                  profile.link.matched.length > 0 &&
                  ` · ${t('profiles.matched', { values: profile.link.matched.join(' ') })}`}
                {profile.link?.by && ` · ${t('profiles.by', { name: profile.link.by })}`}
              </div>
            </div>
            {profiles.length > 1 && may('customer.link') && (
              <Button small onClick={() => setSplitting(profile)}>
                {t('profiles.split')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {splitting && <SplitDialog customer={customer} profile={splitting} onClose={() => setSplitting(undefined)} />}
    </Card>
  )
}

function SplitDialog({ customer, profile, onClose }: { customer: Customer; profile: Profile; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const split = useSplitOff(customer.id)
  const fields = Object.entries(customer.provenance).filter(([, { profileId }]) => profileId === profile.id)
  const go = () =>
    split.mutate(profile.id, {
      onSuccess: () => {
        say({ text: t('profiles.split.done') })
        onClose()
      },
    })
  return (
    <Dialog
      title={t('profiles.split.title', { channel: profile.channel.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" busy={split.isPending} onClick={go}>
            {t('profiles.split')}
          </Button>
        </>
      }
    >
      {split.isError && <ProblemNotice error={split.error} />}
      <p>{t('profiles.split.text')}</p>
      {fields.length > 0 && (
        <p className="muted">{t('profiles.split.fields', { fields: fields.map(([field]) => text('field', field)).join(' · ') })}</p>
      )}
    </Dialog>
  )
}
