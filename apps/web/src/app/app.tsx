import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Messages } from '../ui/messages.tsx'
import { queryClient } from './api.ts'
import { router } from './router.ts'

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Messages />
    </QueryClientProvider>
  )
}
