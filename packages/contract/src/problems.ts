/**
 * Every failure that a caller can expect, by name: the `type` of an RFC 9457 problem is `/problems/<name>`. Texts in both
 * languages live in `texts/problems.ts`.
 */
export const problems = {
  // any request
  'invalid-request': { status: 400 },
  'not-signed-in': { status: 401 },
  'right-missing': { status: 403 },
  'page-not-found': { status: 404 },
  'method-not-allowed': { status: 405 },
  'body-too-large': { status: 413 },
  'media-type-unsupported': { status: 415 },
  'version-required': { status: 428 },
  'edit-conflict': { status: 412 },
  'too-many-requests': { status: 429 },
  'idempotency-key-reused': { status: 422 },
  'internal-error': { status: 500 },
  'engine-away': { status: 503 },
  'storage-full': { status: 503 },
  overloaded: { status: 503 },
  // people and access
  'setup-done': { status: 409 },
  'setup-needed': { status: 409 },
  'company-not-empty': { status: 409 },
  'sign-in-failed': { status: 401 },
  'second-factor-needed': { status: 401 },
  'second-factor-failed': { status: 401 },
  'second-factor-on': { status: 409 },
  'second-factor-off': { status: 409 },
  'password-wrong': { status: 403 },
  'session-needed': { status: 403 },
  'session-not-found': { status: 404 },
  'cross-site-request': { status: 403 },
  'password-too-weak': { status: 400 },
  'link-expired': { status: 410 },
  'purpose-needed': { status: 403 },
  'user-not-found': { status: 404 },
  'email-taken': { status: 409 },
  'last-administrator': { status: 409 },
  'team-not-found': { status: 404 },
  'team-name-taken': { status: 409 },
  'team-in-use': { status: 409 },
  'team-circle': { status: 409 },
  'role-not-found': { status: 404 },
  'role-name-taken': { status: 409 },
  'role-built-in': { status: 409 },
  'role-in-use': { status: 409 },
  'grant-exceeds-own': { status: 403 },
  'api-key-not-found': { status: 404 },
  // work
  'job-not-found': { status: 404 },
  'job-finished': { status: 409 },
  'file-not-found': { status: 404 },
  'file-unreadable': { status: 422 },
  'backup-not-found': { status: 404 },
  'backup-running': { status: 409 },
  'backup-external': { status: 409 },
  // the customer file
  'customer-not-found': { status: 404 },
  'customer-exists': { status: 409 },
  'customer-exists-elsewhere': { status: 409 },
  'channel-not-found': { status: 404 },
  'channel-code-taken': { status: 409 },
  'profile-not-found': { status: 404 },
  'profile-only-one': { status: 409 },
  'product-not-found': { status: 404 },
  'product-code-taken': { status: 409 },
  'order-not-found': { status: 404 },
  'order-number-taken': { status: 409 },
  'exchange-rate-not-found': { status: 404 },
  'import-not-found': { status: 404 },
  'import-state': { status: 409 },
  'mapping-incomplete': { status: 422 },
  'mapping-not-found': { status: 404 },
  'mapping-name-taken': { status: 409 },
  'view-not-found': { status: 404 },
  'view-name-taken': { status: 409 },
  'too-many-views': { status: 409 },
  // analysis
  'analysis-not-found': { status: 404 },
  'analysis-name-taken': { status: 409 },
  'run-not-found': { status: 404 },
  'run-not-finished': { status: 409 },
  'nothing-to-analyse': { status: 422 },
} as const satisfies Record<string, { status: number }>

export type ProblemName = keyof typeof problems

/** One thing wrong with one field of a request. */
export interface FieldProblem {
  /** Path into params, query or body: `body.values.phone`. */
  field: string
  /** What kind of thing is wrong, for programs. */
  code: string
  /** The same for people, in the caller's language. */
  message: string
}

/** The body of every answer of 400 and above. */
export interface ProblemBody {
  type: `/problems/${ProblemName}`
  title: string
  status: number
  detail?: string
  errors?: FieldProblem[]
  requestId?: string
  [extra: string]: unknown
}
