/** `starting` also while it comes back after it died. */
export type EngineStatus = 'up' | 'starting' | 'down'

export type EngineKind = 'embedded' | 'external'

/** How the engines report; the application hands in its logger. */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void

/** Where the system of record answers, as its owner. */
export interface DatabaseAddress {
  /** A name, a number, or the folder of its socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl?: boolean
}

/** One engine in use, whichever kind it is. */
export interface Engine<Address> {
  readonly kind: EngineKind
  readonly address: Address
  status(): EngineStatus
  /** Of its processes, when they are ours. */
  pids(): readonly number[]
  stop(): Promise<void>
}
