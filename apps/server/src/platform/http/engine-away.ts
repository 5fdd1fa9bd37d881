const connectionLost = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  // PostgreSQL: shutting down, crash recovery, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** Whether something failed because an engine is away for a moment, and would succeed a little later. */
export function isEngineAway(error: unknown): boolean {
  const { code, syscall, type } = (error ?? {}) as { code?: string; syscall?: string; type?: string }
  // The warehouse has not been built yet, or was dropped: it is built again by itself. After a restore tables of results come first.
  if (type === 'UNKNOWN_DATABASE' || type === 'UNKNOWN_TABLE') return true
  return code !== undefined && connectionLost.has(code) && (code !== 'ENOENT' || syscall === 'connect')
}
