import { QueryClient } from '@tanstack/react-query'
import { createClient, RequestProblem } from '@zhike/contract/client.ts'
import i18next from 'i18next'
import { connectionLost, whenBack } from './connection.ts'
import { localeTag } from './i18n.ts'
import { createPatientFetch } from './patient-fetch.ts'
import { signedInAgain } from './session-end.ts'

/** A lost connection is waited for by each request itself (see patient-fetch.ts); other refusals will be the same next time. */
const worthAnotherTry = (count: number, error: unknown) => count < 3 && error instanceof RequestProblem && error.body.status === 429

export const queryClient = new QueryClient({
  defaultOptions: {
    // The browser's word on being online is not the server's: a server on this machine answers without any network.
    queries: { retry: worthAnotherTry, staleTime: 5_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
whenBack(() => void queryClient.invalidateQueries())

/** Where the person who is signed in is kept; see session.ts. */
export const meKey = ['me'] as const

const headers = () => ({ 'accept-language': localeTag() })

/** The server that this page came from, in the reader's language. Requests outlive a lost connection and an ended session. */
export const api = createClient({
  baseUrl: '',
  headers,
  fetch: createPatientFetch({
    fetch: (...request) => window.fetch(...request),
    connectionLost,
    isSignedIn: () => queryClient.getQueryData(meKey) !== undefined,
    signedInAgain,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    // randomUUID exists on secure addresses only, and a server in the house may have none.
    newKey: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-'),
  }),
})

/** The same without patience: for leaving, which needs no session. */
export const apiOnce = createClient({ baseUrl: '', headers, fetch: (...request) => window.fetch(...request) })

// What the server words itself, it has worded in the language before.
i18next.on('languageChanged', () => void queryClient.invalidateQueries())
