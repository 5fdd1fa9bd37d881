import { useTranslation } from './translation.ts'

/** The shape of what is being read. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div className="card skeleton" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  )
}
