import { z } from 'zod'

/** A name beside a record. */
export const Named = z.object({ id: z.uuid(), name: z.string() })
export type Named = z.infer<typeof Named>

export const PersonName = z.string().trim().min(1).max(80)

/** Compared without regard to case, so kept in small letters. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** A password as it is chosen: 8–128 characters, spaces and every script included; common ones are refused by the server. */
export const NewPassword = z.string().min(8).max(128)

/** A password as it is given to sign in. */
export const GivenPassword = z.string().min(1).max(128)

export const byId = z.strictObject({ id: z.uuid() })
export const done = z.null()
