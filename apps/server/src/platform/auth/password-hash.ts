import { hash, verify } from '@node-rs/argon2'
import { slots } from './slots.ts'

/** argon2id, 64 MiB, 3 passes, 1 lane (RFC 9106, second choice, with one lane: two sign-ins at once use two cores). */
const options = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 } as const

/** Two hashes at once hold 128 MiB; more wait. */
const hashing = slots(2, 200)

/** The same text however it was typed: full-width letters and composed accents are unified (NIST SP 800-63B §3.1.1.2). */
const unified = (password: string) => password.normalize('NFKC')

/** The hash of a password in PHC format, `$argon2id$v=19$m=65536,t=3,p=1$…`. Every character counts. */
export const hashPassword = (password: string): Promise<string> => hashing.run(() => hash(unified(password), options))

/** Whether `password` is the one that was hashed. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  hashing.run(() => verify(stored, unified(password)).catch(() => false))
