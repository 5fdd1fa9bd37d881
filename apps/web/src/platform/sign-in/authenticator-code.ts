import { z } from 'zod'

/** Six digits as authenticators show them, which is often with a space in the middle. */
export const AuthenticatorCode = z.strictObject({ code: z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/) })

export const digitsOf = (code: string): string => code.replace(/\s/g, '')
