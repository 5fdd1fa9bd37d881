import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createClient, RequestProblem } from '@zhike/contract/client.ts'
import { localeTag } from './i18n.ts'

/** The server that this page came from, in the reader's language. */
export const api = createClient({
  baseUrl: '',
  headers: () => ({ 'accept-language': localeTag() }),
  fetch: (...request) => window.fetch(...request),
})

const refused = (error: unknown, problem: string) => error instanceof RequestProblem && error.problem === problem

let onSignedOut = () => {}
/** What happens when the server no longer knows the session. */
export const whenSignedOut = (handler: () => void): void => {
  onSignedOut = handler
}
const watch = (error: unknown) => {
  if (refused(error, 'not-signed-in')) onSignedOut()
}

/** A refusal will be the same next time; a lost connection or an engine coming back may not be. */
const worthAnotherTry = (count: number, error: unknown) =>
  count < 3 && (!(error instanceof RequestProblem) || error.body.status === 503 || error.body.status === 429)

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: { queries: { retry: worthAnotherTry, staleTime: 5_000 }, mutations: { retry: false } },
})
