import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits in letters that need no quoting in addresses and headers. */
export const newToken = (prefix = ''): string => prefix + randomBytes(32).toString('base64url')

/** What is kept of a token: its SHA-256. A token is random, so that no slow hash is needed. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()
