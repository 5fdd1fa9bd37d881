import { useQuery } from '@tanstack/react-query'
import { type FieldAccess, type Right, rights } from '@zhike/contract/platform/rights.ts'
import type { User } from '@zhike/contract/platform/users.ts'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { accessOf, areaNames, areas, type Held } from './access.ts'
import { customersSeenBy, roleList } from './people-queries.ts'

/** What somebody's roles come to, in plain words: each right, on which rows, and from which role. */
export function AccessCard({ user }: { user: User }) {
  const { t, i18n } = useTranslation()
  const roles = useQuery(roleList(i18n.language))
  if (roles.isPending) return <Skeleton />
  if (roles.isError) return <ProblemNotice error={roles.error} retry={() => void roles.refetch()} />
  const own = new Set(user.roles.map(({ id }) => id))
  const access = accessOf(roles.data.items.filter(({ id }) => own.has(id)))
  return (
    <div className="stack">
      {user.state !== 'disabled' && <CustomersSeen id={user.id} />}
      <Card title={t('access.title')}>
        {user.state === 'disabled' && <p>{t('access.disabled')}</p>}
        {own.size === 0 ? (
          <p className="muted">{t('access.nothing')}</p>
        ) : (
          <table className="figures-table access" aria-label={t('access.title')}>
            {areaNames.map((area) => (
              <tbody key={area}>
                <tr>
                  <th className="access-area" scope="rowgroup" colSpan={2}>
                    {t(`area.${area}`)}
                  </th>
                </tr>
                {areas[area].map((right) => (
                  <RightRow key={right} right={right} held={access.rights.get(right)} />
                ))}
              </tbody>
            ))}
            <tbody>
              <tr>
                <th className="access-area" scope="rowgroup" colSpan={2}>
                  {t('access.fields')}
                </th>
              </tr>
              <FieldRow field="personal" {...access.personal} />
              <FieldRow field="sensitive" {...access.sensitive} />
            </tbody>
          </table>
        )}
      </Card>
    </div>
  )
}

function CustomersSeen({ id }: { id: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const seen = useQuery(customersSeenBy(id))
  if (seen.isError) return <ProblemNotice error={seen.error} retry={() => void seen.refetch()} />
  return (
    <Figure
      name={t('access.seen')}
      value={seen.data ? formats.count(seen.data.count) : '…'}
      note={seen.data && !seen.data.exact ? t('access.seen.estimated') : undefined}
      about={{
        formula: t('access.seen.about'),
        source: t('access.seen.source'),
        ...(seen.dataUpdatedAt ? { asOf: formats.moment(new Date(seen.dataUpdatedAt).toISOString()) } : {}),
      }}
    />
  )
}

function RightRow({ right, held }: { right: Right; held: Held | undefined }) {
  const { t } = useTranslation()
  const list = useListText()
  const scoped = rights[right].scoped
  const scope = held && t(`scope.${held.scope}`)
  return (
    <tr>
      <th scope="row" className={held ? '' : 'access-no'}>
        {t(`right.${right}`)}
      </th>
      <td>
        {held ? (
          <>
            ✓ {scoped && (held.pool && held.scope !== 'all' ? t('scope.with.pool', { scope: scope! }) : scope)}{' '}
            <span className="muted small">{t('access.from', { roles: list(held.from) })}</span>
          </>
        ) : (
          <span className="access-no">{t('access.cannot')}</span>
        )}
      </td>
    </tr>
  )
}

function FieldRow({ field, access, from }: { field: 'personal' | 'sensitive'; access: FieldAccess; from: string[] }) {
  const { t } = useTranslation()
  const list = useListText()
  return (
    <tr>
      <th scope="row">{t(`fieldClass.${field}`)}</th>
      <td>
        {t(`fieldAccess.${access}`)}{' '}
        <span className="muted small">{access === 'hidden' ? t('access.from.nobody') : t('access.from', { roles: list(from) })}</span>
      </td>
    </tr>
  )
}
