import { openApi } from '@zhike/contract/platform/system.ts'
import { type Route, route } from '../http/route.ts'
import { openApiDocument } from './document.ts'

/** @param routes all that is served, asked at the first request, when it is complete */
export function createOpenApiRoutes(routes: () => readonly Route[], version: string): Route[] {
  let document: Record<string, unknown> | undefined
  return [
    route(
      openApi,
      () => {
        document ??= openApiDocument(
          routes().map(({ endpoint }) => endpoint),
          version,
        )
        return document
      },
      { transaction: 'own' },
    ),
  ]
}
