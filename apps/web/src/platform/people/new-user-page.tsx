import './texts.ts'
import { Link } from '@tanstack/react-router'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useMe } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { HandedLink } from './handed-link.tsx'
import { useMembershipFields } from './membership-field.tsx'
import { usePeopleAnew } from './people-queries.ts'
import './people.css'

/** Invites somebody: who they are, what they may do, then the link to hand over. */
export function NewUserPage() {
  const { t } = useTranslation()
  const { company } = useMe()
  const readAnew = usePeopleAnew()
  const memberships = useMembershipFields()
  const [invited, setInvited] = useState<ReplyOf<typeof users.invite>>()
  return (
    <Page title={t('person.new.title')} purpose={t('person.new.purpose')} above={<Link to="/people">{t('people.title')}</Link>}>
      {invited ? (
        <HandedLink
          title={t('person.link.invited', { name: invited.user.name })}
          link={invited.invitation}
          beside={
            <>
              <Link to="/people/$id" params={{ id: invited.user.id }} className={buttonClass('plain', true)}>
                {t('person.link.open')}
              </Link>
              <Button small onClick={() => setInvited(undefined)}>
                {t('person.link.another')}
              </Button>
            </>
          }
        />
      ) : (
        <Card className="people-form">
          <SchemaForm
            schema={users.invite.body}
            initial={{ roleIds: [], teamIds: [] }}
            also={{ locale: company?.locale }}
            problemAt={{ 'email-taken': 'email', 'grant-exceeds-own': 'roleIds' }}
            submit={t('person.invite')}
            fields={[
              { name: 'name', label: t('person.name'), autoFocus: true, half: true },
              { name: 'email', label: t('person.email'), help: t('person.email.help'), control: 'email', half: true },
              ...memberships,
            ]}
            onSubmit={async (body) => {
              setInvited(await api(users.invite, { body }))
              await readAnew()
            }}
          />
        </Card>
      )}
    </Page>
  )
}
