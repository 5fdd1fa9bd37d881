// Made from the migrated database by `npm run rows`; a test keeps it true.

interface AnalysisRow {
  id: string
  code: string | null
  name: string
  method: string
  definition: unknown
  schedule: string | null
  writes_labels: boolean
  version: number
  last_run_id: string | null
  created_at: Date
  updated_at: Date
}

interface AnalysisRunRow {
  id: string
  number: number
  analysis_id: string
  method: string
  state: string
  as_of: string
  definition: unknown
  definition_version: number
  customers: number | null
  summary: unknown | null
  timings: unknown | null
  milliseconds: number | null
  job_id: string | null
  compared_at: Date | null
  created_at: Date
  finished_at: Date | null
}

interface ApiKeyRow {
  id: string
  user_id: string
  name: string
  hash: Buffer
  hint: string
  rights: string[] | null
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
  created_at: Date
}

interface AuditEventRow {
  id: number
  at: Date
  user_id: string | null
  via: string
  request_id: string | null
  action: string
  object: string | null
  object_id: string | null
  details: unknown
}

interface AuthAccountRow {
  id: string
  user_id: string
  provider_id: string
  account_id: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Date | null
  refresh_token_expires_at: Date | null
  scope: string | null
  created_at: Date
  updated_at: Date
}

interface AuthKnownAddressRow {
  user_id: string
  address: string
  last_used_at: Date
}

interface AuthLinkRow {
  id: string
  user_id: string
  kind: string
  hash: Buffer
  expires_at: Date
  used_at: Date | null
  created_by: string | null
  created_at: Date
}

interface AuthSessionRow {
  id: string
  user_id: string
  token: string
  ip_address: string | null
  user_agent: string | null
  expires_at: Date
  last_used_at: Date
  created_at: Date
  updated_at: Date
}

interface AuthThrottleRow {
  key: string
  points: number
  expire: number | null
}

interface AuthTwoFactorRow {
  id: string
  user_id: string
  secret: string
  backup_codes: string
  verified: boolean
  failed_verification_count: number
  locked_until: Date | null
}

interface AuthUsedCodeRow {
  user_id: string
  code: string
  used_at: Date
}

interface AuthVerificationRow {
  id: string
  identifier: string
  value: string
  expires_at: Date
  created_at: Date
  updated_at: Date
}

interface BlockedIdentityRow {
  kind: string
  value: string
  reason: string
}

interface ChannelRow {
  id: number
  code: string
  name: string
  kind: string
  trust: number
  trust_applied: boolean
  trust_job: string | null
  version: number
  created_at: Date
}

interface CompanyRow {
  only_one: boolean
  name: string
  time_zone: string
  currency: string
  locale: string
  margin: number
  generated: boolean
  created_at: Date
  version: number
}

interface ContactRow {
  id: string
  key: number
  profile_id: string
  channel_id: number
  happened_at: Date
  medium: string
  direction: string
  purpose: string | null
  content: string | null
  result: string | null
  next_step: string | null
  staff: string | null
  reference: string | null
  recorded_by: string | null
  import_id: string | null
  created_at: Date
  retracted_at: Date | null
}

interface CustomerRow {
  id: string
  number: number
  kind: string
  owner_id: string | null
  team_id: string | null
  live: boolean
  merged_into: string | null
  version: number
  created_at: Date
  updated_at: Date
  profiles: number
  name: string | null
  name_sort: string | null
  sex: string | null
  birth_date: unknown | null
  birthday: string | null
  phone: string | null
  email: string | null
  member_number: string | null
  credit_code: string | null
  id_number: string | null
  country: string | null
  province: string | null
  city: string | null
  district: string | null
  address: string | null
  employer: string | null
  job_title: string | null
  industry: string | null
  contact_name: string | null
  member_level: string | null
  registered_on: string | null
  tags: string[] | null
  preference: string | null
  taboo: string | null
  note: string | null
  orders: number
  spent: number
  first_order_at: Date | null
  last_order_at: Date | null
}

interface CustomerLabelRow {
  customer_id: string
  rfm_group: string | null
  rfm_cell: number | null
  abc_class: string | null
  value_level: string | null
  clv_quadrant: string | null
  alive: number | null
  expected_purchases: number | null
  future_value: number | null
}

interface CustomerLockRow {
  customer_id: string
  field: string
  value: unknown | null
  locked_by: string | null
  locked_at: Date
}

interface CustomerSearchRow {
  customer_id: string
  grams: string[]
  latin: string
  contact: string
  scope: string[]
}

interface CustomerViewRow {
  id: string
  name: string
  state: unknown
  owner_id: string
  team_id: string | null
  created_at: Date
}

interface ExchangeRateRow {
  currency: string
  day: string
  rate: string
}

interface IdempotencyKeyRow {
  user_id: string
  key: string
  fingerprint: Buffer
  status: number | null
  reply: Buffer | null
  created_at: Date
}

interface IdentityRow {
  profile_id: string
  kind: string
  namespace: number
  value: string
}

interface ImportRow {
  id: string
  kind: string
  channel_id: number
  file_id: string
  settings: unknown
  job_id: string | null
  undo_job_id: string | null
  state: string
  last_row: number
  created: number
  updated: number
  unchanged: number
  failed: number
  started_by: string
  created_at: Date
  finished_at: Date | null
  undone_at: Date | null
}

interface ImportFailureRow {
  import_id: string
  row_number: number
  line_number: number | null
  cells: string[]
  problems: unknown
}

interface ImportLineRow {
  import_id: string
  number: string
  ordinal: number
  row_number: number
}

interface ImportMappingRow {
  id: string
  name: string
  kind: string
  headers: string[]
  columns: unknown
  owner_id: string
  created_at: Date
}

interface ImportOrderRow {
  import_id: string
  number: string
  lines: number
}

interface ImportOrderChangeRow {
  import_id: string
  order_id: string
}

interface JobRow {
  id: string
  kind: string
  state: string
  input: unknown
  stage: string | null
  done: number
  total: number | null
  attempt: number
  failures: number
  crashes: number
  queue_id: string | null
  worker_id: string | null
  result: unknown | null
  problem: unknown | null
  started_by: string | null
  rights: string[] | null
  cancel_requested_at: Date | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
  seen_at: Date | null
  api_key_id: string | null
}

interface JobScheduleRow {
  name: string
  cron: string
  kind: string
  input: unknown
  started_by: string | null
  updated_at: Date
}

interface LinkCandidateRow {
  id: string
  profile_id: string
  customer_id: string
  reason: string
  evidence: unknown
  state: string
  created_at: Date
}

interface LinkHistoryRow {
  id: string
  profile_id: string
  from_customer: string | null
  to_customer: string | null
  rule: string
  evidence: unknown
  by_user: string | null
  import_id: string | null
  at: Date
  undone_at: Date | null
}

interface OrderLineRow {
  order_id: string
  ordinal: number
  revision: number
  product_code: string | null
  product_name: string | null
  category: string | null
  quantity: number
  unit_price: number | null
  discount: number
  amount: number
  amount_reporting: number
  cost_reporting: number | null
  import_id: string | null
  superseded_by: string | null
  retracted_at: Date | null
}

interface OrderReturnRow {
  id: string
  key: number
  order_id: string
  returned_at: Date
  product_code: string | null
  quantity: number | null
  amount: number
  currency: string
  amount_reporting: number
  reason: string | null
  reference: string | null
  import_id: string | null
  created_at: Date
  retracted_at: Date | null
}

interface OrdersRow {
  id: string
  key: number
  channel_id: number
  number: string
  profile_id: string | null
  kind: string
  status: string
  placed_at: Date
  currency: string
  amount: number
  amount_reporting: number
  discount: number
  sales: number
  returned: number
  cost: number | null
  quantity: number
  lines: number
  shop: string | null
  payment_means: string | null
  version: number
  import_id: string | null
  created_at: Date
  updated_at: Date
  retracted_at: Date | null
}

interface OutboxRow {
  position: number
  xid: string
  at: Date
  type: string
  payload: unknown
}

interface OutboxCursorRow {
  reader: string
  xid: string
  position: number
  pending_xid: string | null
  pending_position: number | null
  updated_at: Date
}

interface PaymentRow {
  id: string
  order_id: string
  paid_at: Date
  amount: number
  currency: string
  amount_reporting: number
  means: string | null
  reference: string | null
  import_id: string | null
  created_at: Date
  retracted_at: Date | null
}

interface ProductRow {
  id: string
  number: number
  code: string
  name: string
  category: string | null
  brand: string | null
  unit: string | null
  price: number | null
  cost: number | null
  currency: string
  version: number
  import_id: string | null
  created_at: Date
  updated_at: Date
}

interface ProductVersionRow {
  product_id: string
  version: number
  values: unknown
  import_id: string | null
  recorded_at: Date
}

interface ProfileRow {
  id: string
  number: number
  channel_id: number
  kind: string
  source_key: string | null
  version: number
  values: unknown
  said: unknown | null
  confirmed: unknown
  recorded_at: Date
  recorded_by: string | null
  import_id: string | null
  created_at: Date
  created_by_import: string | null
  retracted_at: Date | null
}

interface ProfileCustomerRow {
  profile_id: string
  customer_id: string
}

interface ProfileVersionRow {
  profile_id: string
  version: number
  values: unknown
  said: unknown | null
  recorded_at: Date
  recorded_by: string | null
  import_id: string | null
}

interface RoleRow {
  id: string
  code: string | null
  name: string
  grants: unknown
  personal: string
  sensitive: string
  built_in: boolean
  version: number
  created_at: Date
}

interface SchemaMigrationRow {
  number: number
  name: string
  hash: string
  at: Date
}

interface StoredFileRow {
  id: string
  name: string
  media_type: string
  bytes: number
  sha256: Buffer
  owner_id: string
  created_at: Date
}

interface TeamRow {
  id: string
  parent_id: string | null
  name: string
  created_at: Date
  version: number
}

interface TeamClosureRow {
  ancestor_id: string
  descendant_id: string
  depth: number
}

interface TeamMemberRow {
  user_id: string
  team_id: string
}

interface UserRoleRow {
  user_id: string
  role_id: string
}

interface UsersRow {
  id: string
  name: string
  email: string
  email_verified: boolean
  image: string | null
  locale: string
  two_factor_enabled: boolean
  disabled_at: Date | null
  created_at: Date
  updated_at: Date
  joined_at: Date | null
  last_sign_in_at: Date | null
  version: number
}

/** By the table's name. */
export interface Tables {
  analysis: AnalysisRow
  analysis_run: AnalysisRunRow
  api_key: ApiKeyRow
  audit_event: AuditEventRow
  auth_account: AuthAccountRow
  auth_known_address: AuthKnownAddressRow
  auth_link: AuthLinkRow
  auth_session: AuthSessionRow
  auth_throttle: AuthThrottleRow
  auth_two_factor: AuthTwoFactorRow
  auth_used_code: AuthUsedCodeRow
  auth_verification: AuthVerificationRow
  blocked_identity: BlockedIdentityRow
  channel: ChannelRow
  company: CompanyRow
  contact: ContactRow
  customer: CustomerRow
  customer_label: CustomerLabelRow
  customer_lock: CustomerLockRow
  customer_search: CustomerSearchRow
  customer_view: CustomerViewRow
  exchange_rate: ExchangeRateRow
  idempotency_key: IdempotencyKeyRow
  identity: IdentityRow
  import: ImportRow
  import_failure: ImportFailureRow
  import_line: ImportLineRow
  import_mapping: ImportMappingRow
  import_order: ImportOrderRow
  import_order_change: ImportOrderChangeRow
  job: JobRow
  job_schedule: JobScheduleRow
  link_candidate: LinkCandidateRow
  link_history: LinkHistoryRow
  order_line: OrderLineRow
  order_return: OrderReturnRow
  orders: OrdersRow
  outbox: OutboxRow
  outbox_cursor: OutboxCursorRow
  payment: PaymentRow
  product: ProductRow
  product_version: ProductVersionRow
  profile: ProfileRow
  profile_customer: ProfileCustomerRow
  profile_version: ProfileVersionRow
  role: RoleRow
  schema_migration: SchemaMigrationRow
  stored_file: StoredFileRow
  team: TeamRow
  team_closure: TeamClosureRow
  team_member: TeamMemberRow
  user_role: UserRoleRow
  users: UsersRow
}
