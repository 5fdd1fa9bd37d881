import './texts.ts'
import '../differentiate/label-texts.ts'
import '../identify/collection/texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAllowed } from '../app/session.ts'
import { buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Page } from '../ui/page.tsx'
import { useTranslation } from '../ui/translation.ts'
import { LatestImports, LatestOrders, MovesCard } from './changes.tsx'
import { HomeFigures } from './home-figures.tsx'
import { customerFigures } from './home-queries.ts'
import { SalesChart } from './sales-chart.tsx'
import { ToDoCard } from './to-do-card.tsx'
import './home.css'

/** The first page: how business is, what waits, what has changed; what somebody may not see is not there. */
export function HomePage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const figures = useQuery({ ...customerFigures, enabled: may('customer.read') })
  const empty = figures.data?.figures.find(({ name }) => name === 'all')?.count === 0
  return (
    <Page title={t('home.title')} purpose={t('home.purpose')}>
      {empty ? <FirstSteps /> : <Filled />}
    </Page>
  )
}

function Filled() {
  const may = useAllowed()
  return (
    <div className="stack">
      <HomeFigures />
      <div className="home-columns">
        {may('analysis.read') && <SalesChart />}
        <ToDoCard />
      </div>
      <div className="home-columns home-columns-even">
        {may('order.read') && <LatestOrders />}
        <div className="stack">
          {may('analysis.read') && <MovesCard />}
          {may('import.run') && <LatestImports />}
        </div>
      </div>
    </div>
  )
}

/** Nobody is there yet: the next step, by what somebody may do. */
function FirstSteps() {
  const { t } = useTranslation()
  const may = useAllowed()
  if (!may('import.run')) {
    return (
      <Empty
        title={t('home.first.none')}
        text={t('home.first.none.text')}
        action={
          may('customer.create') && (
            <Link to="/customers/new" className={buttonClass('primary')}>
              {t('home.first.card')}
            </Link>
          )
        }
      />
    )
  }
  return (
    <Empty
      title={t('home.first.title')}
      text={t('home.first.text')}
      action={
        <div className="home-first">
          <Link to="/imports/new" className={buttonClass('primary')}>
            {t('home.first.own')}
          </Link>
          {may('system.manage') && (
            <Link to="/welcome" className={buttonClass()}>
              {t('home.first.demo')}
            </Link>
          )}
        </div>
      }
    />
  )
}
