import { useMe } from '../../app/session.ts'
import { PersonPicker } from '../../platform/people/person-picker.tsx'
import { TeamPicker } from '../../platform/people/team-picker.tsx'
import type { FormField } from '../../ui/form.tsx'
import { useTranslation } from '../../ui/translation.ts'

/** The fields of a form for who looks after a customer. */
export function usePlacementFields(): FormField[] {
  const { t } = useTranslation()
  const { user } = useMe()
  return [
    {
      name: 'ownerId',
      label: t('placement.owner'),
      half: true,
      render: ({ value, set, ids }) => (
        <PersonPicker
          {...ids}
          value={(value as string | null) ?? ''}
          first={[
            { value: user.id, label: t('picker.me', { name: user.name }) },
            { value: '', label: t('placement.nobody') },
          ]}
          onChange={(id) => set(id || null)}
        />
      ),
    },
    {
      name: 'teamId',
      label: t('placement.team'),
      half: true,
      render: ({ value, set, ids }) => (
        <TeamPicker
          {...ids}
          value={(value as string | null) ?? ''}
          first={[{ value: '', label: t('placement.noTeam') }]}
          onChange={(id) => set(id || null)}
        />
      ),
    },
  ]
}
