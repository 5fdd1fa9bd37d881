import { totalmem } from 'node:os'

const megabyte = 1024 * 1024

/** Memory this process may use, in bytes: the machine's, or less where a container sets a limit. */
export function usableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/**
 * Settings of the embedded PostgreSQL for a machine it shares with the application and the warehouse.
 * @param memory bytes the machine has
 * @param durable false only for tests: a power cut may then damage the data
 */
export function postgresSettings(memory: number, durable: boolean): Record<string, string> {
  const sharedBuffers = memory >= 4096 * megabyte ? 256 : 128
  return {
    listen_addresses: '',
    // One application takes up to forty; tests run several on one engine.
    max_connections: durable ? '60' : '400',
    superuser_reserved_connections: '3',
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.round(memory / megabyte / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    io_workers: '2',
    // Replica, because a backup while serving needs it; no senders, because nothing streams from the embedded engine.
    wal_level: 'replica',
    max_wal_senders: '0',
    wal_compression: 'on',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    checkpoint_timeout: '15min',
    idle_in_transaction_session_timeout: '60s',
    tcp_keepalives_idle: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements that fail are the application's to log; here they would carry personal data into a file.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    password_encryption: 'scram-sha-256',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}
