import { FieldAccess, type Grant, type Right, rights, type Scope, scopes } from '@zhike/contract/platform/rights.ts'
import type { RoleDraft } from '@zhike/contract/platform/roles.ts'
import { useMe } from '../../app/session.ts'
import { Checkbox, Select, SelectField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { areaNames, areas, beyond, clearerThan } from './access.ts'

type Rights = Pick<RoleDraft, 'personal' | 'sensitive'> & { grants: readonly Grant[] }

interface Props {
  role: Rights
  /** Without it the role is only shown. */
  onChange?: ((role: Rights) => void) | undefined
}

/** A role as rights × rows. What goes beyond one's own is told beside it, before it is refused. */
export function RoleMatrix({ role, onChange }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const setGrant = (right: Right, grant: Grant | undefined) =>
    onChange?.({ ...role, grants: [...role.grants.filter((each) => each.right !== right), ...(grant ? [grant] : [])] })
  const fields = ['personal', 'sensitive'] as const
  return (
    <div className="stack">
      <Card {...(onChange ? {} : { title: t('role.matrix') })}>
        <table className="figures-table matrix matrix-rows" aria-label={t('role.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('role.column.right')}</th>
              <th scope="col">{t('role.column.scope')}</th>
              <th scope="col">{t('role.column.pool')}</th>
            </tr>
          </thead>
          {areaNames.map((area) => (
            <tbody key={area}>
              <tr>
                <th scope="rowgroup" colSpan={3}>
                  {t(`area.${area}`)}
                </th>
              </tr>
              {areas[area].map((right) => (
                <GrantRow
                  key={right}
                  right={right}
                  grant={role.grants.find((each) => each.right === right)}
                  own={me.rights}
                  onChange={onChange && ((grant) => setGrant(right, grant))}
                />
              ))}
            </tbody>
          ))}
        </table>
      </Card>
      <Card title={t('role.fields')}>
        {fields.map((field) => (
          <SelectField
            key={field}
            label={t(`fieldClass.${field}`)}
            value={role[field]}
            disabled={!onChange}
            options={FieldAccess.options.map((value) => ({ value, label: t(`fieldAccess.${value}`) }))}
            problem={
              onChange && clearerThan(role[field], me[field])
                ? t('role.beyond.field', { access: t(`fieldAccess.${me[field]}`) })
                : undefined
            }
            onChange={(value) => onChange?.({ ...role, [field]: value })}
          />
        ))}
      </Card>
    </div>
  )
}

interface RowProps {
  right: Right
  grant: Grant | undefined
  own: readonly Grant[]
  onChange: ((grant: Grant | undefined) => void) | undefined
}

function GrantRow({ right, grant, own, onChange }: RowProps) {
  const { t } = useTranslation()
  const { scoped } = rights[right]
  const name = t(`right.${right}`)
  const held = own.find((each) => each.right === right)
  const natural: Grant = { right, scope: scoped ? (held?.scope ?? 'own') : 'all', pool: false }
  const refused = grant && onChange && beyond(own, grant)
  return (
    <tr>
      <td>
        <Checkbox checked={grant !== undefined} disabled={!onChange} onChange={(on) => onChange?.(on ? natural : undefined)}>
          {name}
          <span className="muted small"> · {t(`right.about.${right}`)}</span>
        </Checkbox>
        {refused && (
          <span className="field-problem" role="alert">
            {t(`role.beyond.${refused}`, { scope: held ? t(`scope.${held.scope}`) : '' })}
          </span>
        )}
      </td>
      <td>
        {grant && scoped && (
          <Select<Scope>
            className="input input-small"
            aria-label={t('role.scope.of', { right: name })}
            value={grant.scope}
            disabled={!onChange}
            options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
            onChange={(scope) => onChange?.({ ...grant, scope })}
          />
        )}
        {grant && !scoped && <span className="muted small">{t('role.company')}</span>}
      </td>
      <td>
        {grant && scoped && grant.scope !== 'all' && (
          <Checkbox
            checked={grant.pool}
            disabled={!onChange}
            aria-label={t('role.pool.of', { right: name })}
            onChange={(pool) => onChange?.({ ...grant, pool })}
          >
            <span aria-hidden>{t('role.column.pool')}</span>
          </Checkbox>
        )}
      </td>
    </tr>
  )
}
