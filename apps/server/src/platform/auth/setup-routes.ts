import * as settings from '@zhike/contract/platform/settings.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import { type Route, route } from '../http/route.ts'
import { editCompany, getCompany } from './company.ts'
import { refuseCrossSite } from './cross-site.ts'
import { isSetupNeeded, setUp } from './setup.ts'

/** The first run, and the company's settings after it. */
export const setupRoutes = (publicUrl: string): Route[] => [
  route(setup.get, async ({ tx }) => ({ needed: await isSetupNeeded(tx) })),
  route(
    setup.run,
    async ({ tx, body, request, note }) => {
      refuseCrossSite(request, publicUrl)
      const userId = await setUp(tx, body)
      note({ objectId: userId })
      return { userId }
    },
    { action: 'setup.run' },
  ),
  route(settings.get, ({ tx }) => getCompany(tx)),
  route(
    settings.edit,
    async ({ tx, body, expectedVersion, note }) => {
      note({ details: { fields: Object.keys(body) } })
      return editCompany(tx, body, expectedVersion)
    },
    { action: 'settings.edit' },
  ),
]
