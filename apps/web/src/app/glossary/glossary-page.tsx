import './texts.ts'
import './glossary.css'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Empty } from '../../ui/empty.tsx'
import { Marked } from '../../ui/marked.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { language } from '../i18n.ts'
import { type TermEntry, termsWith } from './terms.ts'

const routeApi = getRouteApi('/shell/help/glossary')

/** Every word of the screens, in both languages, with its meaning. */
export function GlossaryPage() {
  const { t } = useTranslation()
  const { q = '' } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const search = useCallback((wanted: string) => void navigate({ search: wanted === '' ? {} : { q: wanted }, replace: true }), [navigate])
  const areas = Map.groupBy(termsWith(q), ({ area }) => area)
  return (
    <Page title={t('glossary.title')} purpose={t('glossary.purpose')}>
      <div className="toolbar">
        <SearchInput label={t('glossary.search')} text={q} onSearch={search} />
      </div>
      {areas.size === 0 && <Empty title={t('glossary.nothing')} text={t('glossary.nothing.text')} />}
      <div className="stack">
        {[...areas].map(([area, members]) => (
          <Card key={area} title={t(`glossary.area.${area}`)}>
            <dl className="pairs glossary">
              {members.map((term) => (
                <OneTerm key={term.code} term={term} part={q.trim()} />
              ))}
            </dl>
          </Card>
        ))}
      </div>
    </Page>
  )
}

function OneTerm({ term: { code, zh, en, meaning, source }, part }: { term: TermEntry; part: string }) {
  const { t } = useTranslation()
  const own = language()
  const [first, second] = own === 'zh' ? [zh, en] : [en, zh]
  return (
    <div id={code}>
      <dt>
        <b>
          <Marked text={first} part={part} />
        </b>
        {first !== second && (
          <span lang={own === 'zh' ? 'en' : 'zh-CN'}>
            <Marked text={second} part={part} />
          </span>
        )}
        {code.replaceAll('-', ' ') !== en.toLowerCase() && <code>{code}</code>}
      </dt>
      <dd>
        <Marked text={meaning[own]} part={part} />
        {source && (
          <div className="muted small">
            {t('glossary.source')} <cite lang="en">{source}</cite>
          </div>
        )}
      </dd>
    </div>
  )
}
