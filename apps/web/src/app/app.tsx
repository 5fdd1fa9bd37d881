import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Messages } from '../ui/messages.tsx'
import { queryClient } from './api.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { AppBoundary } from './failed-page.tsx'
import { router } from './router.ts'

export function App() {
  return (
    <AppBoundary>
      <QueryClientProvider client={queryClient}>
        <ConnectionBanner />
        <RouterProvider router={router} />
        <Messages />
      </QueryClientProvider>
    </AppBoundary>
  )
}
