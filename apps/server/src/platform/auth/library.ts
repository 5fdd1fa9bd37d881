import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Sql } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { type CookieNames, isSecure } from './cookies.ts'
import { libraryAdapter } from './library-adapter.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { absoluteSeconds } from './sessions.ts'

const secondFactorSeconds = 600

interface LibraryParts {
  system: Sql
  secret: string
  publicUrl: string
  cookies: CookieNames
}

/**
 * The authentication library on our tables. Its own HTTP endpoints are not served: our routes call its server functions, so that
 * strict bodies, problems, throttling and the audit log hold for sign-in as for everything else.
 */
export function createLibrary({ system, secret, publicUrl, cookies }: LibraryParts) {
  return betterAuth({
    appName: 'Zhike',
    baseURL: publicUrl,
    secret,
    database: libraryAdapter(system),
    telemetry: { enabled: false },
    // Throttling is ours: the library's would let strangers use up the owner's tries.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: [publicUrl],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: absoluteSeconds,
      // The absolute end stays where it is; idleness is counted in last_used_at.
      disableSessionRefresh: true,
    },
    verification: {
      modelName: 'auth_verification',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      database: { generateId: () => newId() },
      // The address is told to the library by us, after our own rule of trusted proxies.
      ipAddress: { ipAddressHeaders: ['x-zhike-address'], ipv6Subnet: 64 },
      useSecureCookies: false,
      cookiePrefix: 'zhike',
      cookies: { session_token: { name: cookies.session }, two_factor: { name: cookies.secondFactor } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure(publicUrl) },
    },
    plugins: [
      twoFactor({
        issuer: 'Zhike',
        twoFactorCookieMaxAge: secondFactorSeconds,
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  })
}

export type Library = ReturnType<typeof createLibrary>
