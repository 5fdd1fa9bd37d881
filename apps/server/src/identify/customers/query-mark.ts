import { createHash } from 'node:crypto'

/** A short name of a query, kept in its cursors, so that a cursor of another query is refused rather than misread. */
export const queryMark = (parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('base64url')
    .slice(0, 12)
