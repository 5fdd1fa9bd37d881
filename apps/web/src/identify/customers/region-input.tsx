import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Cascader } from '../../ui/cascader.tsx'
import type { PickerIds } from '../../ui/list-layer.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { isForeign, type Region, regionParts, wayOf } from './region.ts'

/** The list of divisions comes when it is opened. */
const load = () => import('./region-tree.ts').then(({ regions }) => regions)

interface Props extends PickerIds {
  value: Region
  onChange: (region: Region) => void
}

/** Province, city and district, chosen together; by hand where they are not in the list. */
export function RegionInput({ value, onChange, ...field }: Props) {
  const { t } = useTranslation()
  const [byHand, setByHand] = useState(() => isForeign(value))
  return (
    <span className="region-input">
      {byHand ? (
        <span className="region-parts" role="group" aria-label={t('region.label')}>
          {regionParts.map((part, index) => (
            <input
              key={part}
              className="input"
              {...(index === 0 ? { ...field, 'aria-label': undefined } : {})}
              aria-label={t(`field.${part}`)}
              placeholder={t(`field.${part}`)}
              maxLength={60}
              value={value[part] ?? ''}
              onChange={({ target }) => onChange({ ...value, [part]: target.value || undefined })}
            />
          ))}
        </span>
      ) : (
        <Cascader
          {...field}
          value={wayOf(value)}
          placeholder={t('region.how')}
          load={load}
          onChange={(path) => onChange(path.at(-1)?.region ?? {})}
        />
      )}
      <Button kind="link" small onClick={() => setByHand(!byHand)}>
        {t(byHand ? 'region.fromList' : 'region.byHand')}
      </Button>
    </span>
  )
}
