import { type DestinationStream, type Logger, destination as open, pino, stdSerializers } from 'pino'

/** Whatever is logged under these names is never written, at any depth up to three. */
const secretNames = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'apiKey',
  'email',
  'phone',
  'address',
  'body',
  'query',
  'parameters',
]

const redacted = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/**
 * Lines go out together, for a write of each cost a small request a twentieth of its time: after so many bytes or milliseconds, and
 * what is left when the process ends by itself. Only a process that is killed takes its last half second of lines with it.
 */
const together = { dest: 1, sync: false, minLength: 8192, periodicFlush: 500 }

/** The server's log: one JSON object per line. No body, no secret and no personal value is written, nor an error's that quotes one. */
export function createLogger(level: string, destination: DestinationStream = open(together)): Logger {
  return pino(
    { level, base: null, redact: { paths: redacted, censor: '[…]' }, serializers: { err: safeError, error: safeError } },
    destination,
  )
}

/** What an error says of itself, without what it quotes of the data. */
export function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, severity, table_name: table, constraint_name: constraint } = error as unknown as Record<string, unknown>
  if (typeof severity !== 'string') return stdSerializers.err(error)
  // PostgreSQL quotes the values it cannot take; names of tables and constraints are told beside.
  const message = error.message.replaceAll(/"[^"]*"|\([^)]*\)=\([^)]*\)/g, '"…"')
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  return { type: error.name, message, code, table, constraint, stack }
}
