/** What each cookie is called. */
export interface CookieNames {
  session: string
  /** Between password and second factor. */
  secondFactor: string
  /** Says that this browser has signed in as somebody before. */
  device: string
}

/**
 * Reached over TLS, names that browsers take from this host and a safe connection only: a neighbouring host or somebody on the line
 * cannot plant a cookie of theirs. The device's has a path of its own, which `__Host-` forbids.
 */
export const cookieNames = (publicUrl: string): CookieNames =>
  isSecure(publicUrl)
    ? { session: '__Host-zhike_session', secondFactor: '__Host-zhike_second_factor', device: '__Secure-zhike_device' }
    : { session: 'zhike_session', secondFactor: 'zhike_second_factor', device: 'zhike_device' }

/** Whether people reach the server over TLS. */
export const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:')
