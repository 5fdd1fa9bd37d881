import type postgres from 'postgres'
import type { Tx } from '../database/database.ts'

/** What the audit log keeps of a deed. Values of personal fields never go into `details`: names of fields do. */
export interface AuditEntry {
  /** `customer.edit`, `import.undo`, `session.sign-in` … */
  action: string
  object?: string
  objectId?: string
  details?: Record<string, unknown>
}

/** Writes one event in the transaction that did the deed; who, by what and in which request come from its settings. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx`insert into audit_event (action, object, object_id, details)
    values (${entry.action}, ${entry.object ?? null}, ${entry.objectId ?? null}, ${tx.json((entry.details ?? {}) as postgres.JSONValue)})`.execute()
}
