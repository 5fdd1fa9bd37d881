import { RoleDraft } from '@zhike/contract/platform/roles.ts'
import { useState } from 'react'
import { SchemaForm } from '../../ui/form.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { RoleMatrix } from './role-matrix.tsx'

interface Props {
  initial: RoleDraft
  submit: string
  onSave: (draft: RoleDraft) => Promise<unknown>
}

/** A role of one's own making: its name, and what it allows. */
export function RoleForm({ initial: { name, ...given }, submit, onSave }: Props) {
  const { t } = useTranslation()
  const [rights, setRights] = useState<Parameters<typeof RoleMatrix>[0]['role']>(given)
  return (
    <SchemaForm
      schema={RoleDraft}
      initial={{ name }}
      also={rights}
      problemAt={{ 'role-name-taken': 'name' }}
      submit={submit}
      fields={[
        { name: 'name', label: t('role.name'), autoFocus: name === '' },
        { name: 'grants', label: t('role.matrix'), render: () => <RoleMatrix role={rights} onChange={setRights} /> },
      ]}
      onSubmit={(body) => onSave(RoleDraft.parse(body))}
    />
  )
}
