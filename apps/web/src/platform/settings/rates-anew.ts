import { useQueryClient } from '@tanstack/react-query'

export function useRatesAnew(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['exchange-rates'] })
}
