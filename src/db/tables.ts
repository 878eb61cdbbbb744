// Written by bin/types from the migrations. Change those, not this.
import type { ColumnType } from 'kysely'

export interface ActsTable {
  business_id: string
  caller: string
  id: string
  route: string
  body_hash: Buffer
  state: string
  started_at: string
  status: ColumnType<number | null, number | null | undefined, number | null>
  answer: ColumnType<string | null, string | null | undefined, string | null>
}

export interface AnnouncedPaymentsTable {
  business_id: string
  id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  method: string
  already_paid: ColumnType<boolean, boolean | undefined, boolean>
  amount_minor: bigint
  expected_on: string
  ends_on: string
  note: ColumnType<string, string | undefined, string>
  created_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  payment_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ApiKeysTable {
  business_id: string
  id: string
  name: string
  hint: string
  key_hash: Buffer
  scopes: string[]
  created_by: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  expires_at: ColumnType<string | null, string | null | undefined, string | null>
  last_used_at: ColumnType<string | null, string | null | undefined, string | null>
  revoked_at: ColumnType<string | null, string | null | undefined, string | null>
  told_of_end_at: ColumnType<string | null, string | null | undefined, string | null>
  replaced_by: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ApprovalHeadsTable {
  business_id: string
  seq: ColumnType<bigint, bigint | undefined, bigint>
  hash: ColumnType<Buffer, Buffer | undefined, Buffer>
}

export interface ApprovalsTable {
  business_id: string
  seq: bigint
  id: string
  kind: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  number: string
  revision: number
  choices: ColumnType<unknown, string, string>
  facts: string
  facts_sha256: Buffer
  currency: string
  total_minor: bigint
  tax_minor: bigint
  deposit_minor: bigint
  terms_sha256: Buffer
  po_number: ColumnType<string, string | undefined, string>
  reason: ColumnType<string, string | undefined, string>
  line_reasons: ColumnType<unknown, string | undefined, string>
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  typed_name: ColumnType<string, string | undefined, string>
  recorded_name: ColumnType<string, string | undefined, string>
  role: ColumnType<string, string | undefined, string>
  limit_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  identified_by: string
  identified_as: ColumnType<string, string | undefined, string>
  at: string
  time_zone: string
  address: ColumnType<string, string | undefined, string>
  browser: ColumnType<string, string | undefined, string>
  undoes: ColumnType<string | null, string | null | undefined, string | null>
  previous_hash: Buffer
  hash: Buffer
  further: ColumnType<unknown, string | undefined, string>
}

export interface AssignmentsTable {
  business_id: string
  id: string
  staff_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  on_day: ColumnType<string | null, string | null | undefined, string | null>
  note: ColumnType<string, string | undefined, string>
  created_by: string
  created_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface AuthenticatorAppsTable {
  identity_id: string
  secret: string
  last_step: ColumnType<bigint, bigint | undefined, bigint>
  confirmed_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
}

export interface AutopayChargesTable {
  business_id: string
  id: string
  mandate_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  document_id: string
  person_id: string
  state: string
  planned_on: string
  next_on: string
  first_tried_on: ColumnType<string | null, string | null | undefined, string | null>
  amount_minor: bigint
  currency: string
  tries: ColumnType<number, number | undefined, number>
  payment_id: ColumnType<string | null, string | null | undefined, string | null>
  failure: ColumnType<string, string | undefined, string>
  created_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_by: ColumnType<string, string | undefined, string>
}

export interface AutopayMandatesTable {
  business_id: string
  id: string
  version: number
  replaces: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  person_id: string
  person_name: string
  person_email: string
  method_id: string
  method_label: string
  cap_minor: bigint
  currency: string
  notice_days: number
  language: string
  wording: string
  remote_address: string
  given_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_reason: ColumnType<string | null, string | null | undefined, string | null>
  ended_by: ColumnType<string, string | undefined, string>
  ended_note: ColumnType<string, string | undefined, string>
}

export interface AutopayRulesTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  allowed: ColumnType<boolean, boolean | undefined, boolean>
  notice_days: ColumnType<number, number | undefined, number>
  last_round_on: ColumnType<string | null, string | null | undefined, string | null>
}

export interface BatchItemsTable {
  business_id: string
  batch_id: string
  position: number
  thing_id: string
  state: ColumnType<string, string | undefined, string>
  name: ColumnType<string, string | undefined, string>
  code: ColumnType<string, string | undefined, string>
  result_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface BatchesTable {
  business_id: string
  id: string
  kind: string
  options: ColumnType<unknown, string | undefined, string>
  actor: ColumnType<unknown, string, string>
  staff_id: ColumnType<string | null, string | null | undefined, string | null>
  state: string
  total: number
  starts_at: string
  created_at: string
  finished_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface BusinessHeadsTable {
  business_id: string
  event_seq: ColumnType<bigint, bigint | undefined, bigint>
  event_hash: ColumnType<Buffer, Buffer | undefined, Buffer>
  listening: ColumnType<boolean, boolean | undefined, boolean>
}

export interface BusinessProfilesTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  legal_name: ColumnType<string, string | undefined, string>
  phone: ColumnType<string, string | undefined, string>
  email: ColumnType<string, string | undefined, string>
  website: ColumnType<string, string | undefined, string>
  address: ColumnType<unknown, string | undefined, string>
  hours: ColumnType<string, string | undefined, string>
  license_line: ColumnType<string, string | undefined, string>
  logo_sha256: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  logo_web_sha256: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  brand_color: ColumnType<string, string | undefined, string>
  greeting: ColumnType<unknown, string | undefined, string>
  how_to_pay: ColumnType<string, string | undefined, string>
  estimate_word: ColumnType<string, string | undefined, string>
  languages: ColumnType<string[], string[] | undefined, string[]>
  default_language: ColumnType<string, string | undefined, string>
  from_name: ColumnType<string, string | undefined, string>
  reply_to: ColumnType<string, string | undefined, string>
  number_prefix: ColumnType<string, string | undefined, string>
  terms_days: ColumnType<number, number | undefined, number>
  terms_text: ColumnType<string, string | undefined, string>
  message: ColumnType<string, string | undefined, string>
  prices_include_tax: ColumnType<boolean, boolean | undefined, boolean>
  default_tax_rate_id: ColumnType<string | null, string | null | undefined, string | null>
  gateway: ColumnType<string | null, string | null | undefined, string | null>
  part_payment: ColumnType<boolean, boolean | undefined, boolean>
  payment_floor_minor: ColumnType<bigint, bigint | undefined, bigint>
  history_shown_at: ColumnType<string | null, string | null | undefined, string | null>
  welcome: ColumnType<unknown, string | undefined, string>
  updated_at: string
  card_offered: ColumnType<boolean, boolean | undefined, boolean>
  bank_offered: ColumnType<boolean, boolean | undefined, boolean>
  card_floor_minor: ColumnType<bigint, bigint | undefined, bigint>
  bank_floor_minor: ColumnType<bigint, bigint | undefined, bigint>
  refund_limit_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  tips_offered: ColumnType<boolean, boolean | undefined, boolean>
  tip_percents: ColumnType<unknown, string | undefined, string>
  tip_cap_percent: ColumnType<number, number | undefined, number>
  way_rule: ColumnType<string, string | undefined, string>
  card_fee_ppm: ColumnType<number, number | undefined, number>
  card_fee_fixed_minor: ColumnType<bigint, bigint | undefined, bigint>
  card_fee_most_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  bank_saving_ppm: ColumnType<number, number | undefined, number>
  estimate_valid_days: ColumnType<number, number | undefined, number>
  estimate_terms: ColumnType<string, string | undefined, string>
  estimate_remind_days: ColumnType<number, number | undefined, number>
  undo_hours: ColumnType<number, number | undefined, number>
  code_threshold_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  visits_shown: ColumnType<boolean, boolean | undefined, boolean>
  crew_named: ColumnType<boolean, boolean | undefined, boolean>
  review_details: ColumnType<boolean, boolean | undefined, boolean>
}

export interface BusinessesTable {
  id: string
  slug: string
  name: string
  trade: string
  country: ColumnType<string, string | undefined, string>
  time_zone: string
  currency: string
  plan: ColumnType<string, string | undefined, string>
  demo: ColumnType<boolean, boolean | undefined, boolean>
  confirmed_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
}

export interface CeremoniesTable {
  id: string
  purpose: string
  nonce_hash: Buffer
  challenge: ColumnType<string, string | undefined, string>
  identity_id: ColumnType<string | null, string | null | undefined, string | null>
  facts: ColumnType<unknown, string | undefined, string>
  tries: ColumnType<number, number | undefined, number>
  expires_at: string
  used_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
}

export interface ChargeRulesTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  late_fee: ColumnType<unknown, string | null | undefined, string | null>
  early_discount: ColumnType<unknown, string | null | undefined, string | null>
  send_fees: ColumnType<boolean, boolean | undefined, boolean>
}

export interface ClosingsTable {
  business_id: string
  asked_by: string
  asked_at: string
  ends_at: string
}

export interface ContractInvoicesTable {
  business_id: string
  invoice_id: string
  contract_id: string
  source_id: string
  bill: string
  stage: ColumnType<number | null, number | null | undefined, number | null>
  retainage_ppm: ColumnType<number, number | undefined, number>
}

export interface ContractsTable {
  business_id: string
  id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  documents: string[]
  estimate_id: string
  number: string
  currency: string
  stands: boolean
  original_minor: bigint
  changes_minor: ColumnType<bigint, bigint | undefined, bigint>
  change_count: ColumnType<number, number | undefined, number>
  last_change: ColumnType<number, number | undefined, number>
  version: ColumnType<number, number | undefined, number>
  billed_minor: ColumnType<bigint, bigint | undefined, bigint>
  retainage_ppm: ColumnType<number, number | undefined, number>
}

export interface CountersTable {
  business_id: string
  series: string
  next: ColumnType<bigint, bigint | undefined, bigint>
}

export interface CreditNotesTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  invoice_id: string
  invoice_number: string
  series: string
  number: string
  number_seq: bigint
  issued_on: string
  currency: string
  net_minor: bigint
  tax_minor: bigint
  total_minor: bigint
  lowered_minor: bigint
  freed_minor: bigint
  reason: string
  created_by: string
  facts: string
}

export interface CreditUseSharesTable {
  business_id: string
  use_id: string
  part_id: string
  document_id: string
  customer_id: string
  amount_minor: bigint
  taken_back_minor: ColumnType<bigint, bigint | undefined, bigint>
  day: string
}

export interface CreditUsesTable {
  business_id: string
  id: string
  customer_id: string
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  currency: string
  amount_minor: bigint
  state: string
  rest: ColumnType<unknown, string | undefined, string>
  used_on: string
  used_by: ColumnType<string, string | undefined, string>
  created_at: string
  done_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface CustomerBalancesTable {
  business_id: string
  customer_id: string
  currency: string
  receivable_minor: ColumnType<bigint, bigint | undefined, bigint>
  credit_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface CustomerChargesTable {
  business_id: string
  customer_id: string
  version: ColumnType<number, number | undefined, number>
  late_fee: ColumnType<unknown, string | null | undefined, string | null>
  early_discount: ColumnType<unknown, string | null | undefined, string | null>
}

export interface CustomersTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  kind: string
  name: string
  sort_name: ColumnType<string, never, never>
  company: ColumnType<string, string | undefined, string>
  billing_address: ColumnType<unknown, string | undefined, string>
  language: ColumnType<string, string | undefined, string>
  terms_days: ColumnType<number | null, number | null | undefined, number | null>
  tax_exempt: ColumnType<boolean, boolean | undefined, boolean>
  tax_exempt_note: ColumnType<string, string | undefined, string>
  po_required: ColumnType<boolean, boolean | undefined, boolean>
  notes: ColumnType<string, string | undefined, string>
  reminders: ColumnType<boolean, boolean | undefined, boolean>
  import_key: ColumnType<string | null, string | null | undefined, string | null>
  import_id: ColumnType<string | null, string | null | undefined, string | null>
  archived_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  undone_at: ColumnType<string | null, string | null | undefined, string | null>
  erased_at: ColumnType<string | null, string | null | undefined, string | null>
  two_approvers_from_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
}

export interface DeadTasksTable {
  id: ColumnType<bigint | null, never, never>
  task: ColumnType<string | null, never, never>
  business: ColumnType<string | null, never, never>
  attempts: ColumnType<number | null, never, never>
  last_error: ColumnType<string | null, never, never>
  updated_at: ColumnType<string | null, never, never>
}

export interface DepositUsesTable {
  business_id: string
  id: string
  deposit_id: string
  kind: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  amount_minor: bigint
  used_on: string
  method: ColumnType<string, string | undefined, string>
  reference: ColumnType<string, string | undefined, string>
  used_by: ColumnType<string, string | undefined, string>
  recorded_at: string
}

export interface DepositsTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  currency: string
  used_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface DetailChangesTable {
  business_id: string
  id: string
  customer_id: string
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  person_name: ColumnType<string, string | undefined, string>
  asked: ColumnType<unknown, string, string>
  before: ColumnType<unknown, string, string>
  state: string
  asked_at: string
  decided_at: ColumnType<string | null, string | null | undefined, string | null>
  decided_by_name: ColumnType<string, string | undefined, string>
  words: ColumnType<string, string | undefined, string>
}

export interface DisputesTable {
  business_id: string
  id: string
  payment_id: string
  customer_id: string
  gateway: string
  gateway_dispute: string
  state: string
  amount_minor: bigint
  taken_minor: bigint
  fee_minor: ColumnType<bigint, bigint | undefined, bigint>
  currency: string
  reason: ColumnType<string, string | undefined, string>
  answer_by: ColumnType<string | null, string | null | undefined, string | null>
  taken: ColumnType<unknown, string | undefined, string>
  opened_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  tip_minor: ColumnType<bigint, bigint | undefined, bigint>
  way_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface DocumentFactsTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  plain: boolean
  facts: string
}

export interface DocumentLinesTable {
  business_id: string
  id: string
  document_id: string
  part_id: string
  position: number
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  item_id: ColumnType<string | null, string | null | undefined, string | null>
  name: string
  description: ColumnType<string, string | undefined, string>
  service_on: ColumnType<string | null, string | null | undefined, string | null>
  quantity_milli: bigint
  unit: ColumnType<string, string | undefined, string>
  unit_price_milli: bigint
  discount: ColumnType<unknown, string | null | undefined, string | null>
  gross_minor: bigint
  discount_minor: bigint
  net_minor: bigint
  document_discount_minor: bigint
  tax_rate_id: ColumnType<string | null, string | null | undefined, string | null>
  tax_name: ColumnType<string, string | undefined, string>
  choice: ColumnType<unknown, string | null | undefined, string | null>
}

export interface DocumentPartsTable {
  business_id: string
  id: string
  document_id: string
  position: number
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  title: string
  address: ColumnType<unknown, string | undefined, string>
  number: string
  currency: string
  issued_on: string
  due_on: string
  subtotal_minor: bigint
  discount_minor: bigint
  net_minor: bigint
  tax_minor: bigint
  total_minor: bigint
  taxes: ColumnType<unknown, string, string>
}

export interface DocumentTaxesTable {
  business_id: string
  document_id: string
  position: number
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  rate_id: string
  name: string
  rate_ppm: bigint
  taxable_minor: bigint
  tax_minor: bigint
  components: ColumnType<unknown, string, string>
}

export interface DocumentTotalsTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  currency: string
  prices_include_tax: boolean
  tax_exempt: boolean
  discount: ColumnType<unknown, string | null | undefined, string | null>
  subtotal_minor: bigint
  discount_minor: bigint
  net_minor: bigint
  tax_minor: bigint
  total_minor: bigint
}

export interface DocumentsTable {
  business_id: string
  id: string
  kind: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  language: ColumnType<string, string | undefined, string>
  created_at: string
  issued_at: ColumnType<string | null, string | null | undefined, string | null>
  shown_at: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  canceled_at: ColumnType<string | null, string | null | undefined, string | null>
  cancel_reason: ColumnType<string, string | undefined, string>
  revision_of: ColumnType<string | null, string | null | undefined, string | null>
  replaces: ColumnType<string | null, string | null | undefined, string | null>
  replaced_by: ColumnType<string | null, string | null | undefined, string | null>
  import_id: ColumnType<string | null, string | null | undefined, string | null>
  touched_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface DraftsTable {
  business_id: string
  document_id: string
  version: ColumnType<number, number | undefined, number>
  body: ColumnType<unknown, string, string>
  totals: ColumnType<unknown, string, string>
  updated_at: string
  updated_by: string
  customer_id: string
}

export interface ErasedEventsTable {
  business_id: string
  seq: bigint
  erasure_id: string
  content_hash: Buffer
  erased_at: string
}

export interface ErasuresTable {
  business_id: string
  id: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  person_ids: string[]
  words: string[]
  asked_by: string
  asked_at: string
  done_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface EstimateStandingsTable {
  business_id: string
  document_id: string
  version: ColumnType<number, number | undefined, number>
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  state: ColumnType<string, string | undefined, string>
  number: ColumnType<string | null, string | null | undefined, string | null>
  revision: ColumnType<number, number | undefined, number>
  customer_name: string
  po_number: ColumnType<string, string | undefined, string>
  currency: string
  listed_on: string
  issued_on: ColumnType<string | null, string | null | undefined, string | null>
  valid_until: ColumnType<string | null, string | null | undefined, string | null>
  total_minor: bigint
  chosen_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  deposit_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  decided_at: ColumnType<string | null, string | null | undefined, string | null>
  decided_by: ColumnType<string, string | undefined, string>
  reason: ColumnType<string, string | undefined, string>
  approval_withdrawn_at: ColumnType<string | null, string | null | undefined, string | null>
  recommended_at: ColumnType<string | null, string | null | undefined, string | null>
  recommended_by: ColumnType<string, string | undefined, string>
  waiting_for_id: ColumnType<string | null, string | null | undefined, string | null>
  waiting_for_name: ColumnType<string, string | undefined, string>
  replaced_by_id: ColumnType<string | null, string | null | undefined, string | null>
  invoice_id: ColumnType<string | null, string | null | undefined, string | null>
  deposit_invoice_id: ColumnType<string | null, string | null | undefined, string | null>
  sent_at: ColumnType<string | null, string | null | undefined, string | null>
  last_mailed_at: ColumnType<string | null, string | null | undefined, string | null>
  opened_at: ColumnType<string | null, string | null | undefined, string | null>
  reminded_on: ColumnType<string | null, string | null | undefined, string | null>
  delivery: ColumnType<string, string | undefined, string>
  amends_id: ColumnType<string | null, string | null | undefined, string | null>
  first_approval_id: ColumnType<string | null, string | null | undefined, string | null>
  first_approver_id: ColumnType<string | null, string | null | undefined, string | null>
  first_approved_at: ColumnType<string | null, string | null | undefined, string | null>
  first_approved_by: ColumnType<string, string | undefined, string>
  waiting_since: ColumnType<string | null, string | null | undefined, string | null>
  waiting_instead_of_id: ColumnType<string | null, string | null | undefined, string | null>
  waiting_instead_of: ColumnType<string, string | undefined, string>
  approver_reminded_at: ColumnType<string | null, string | null | undefined, string | null>
  approver_reminders: ColumnType<number, number | undefined, number>
  work_started_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface EstimatesTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  root_id: string
  revision: number
  series: string
  number: string
  number_seq: bigint
  issued_on: string
  valid_until: string
  seller: ColumnType<unknown, string, string>
  bill_to: ColumnType<unknown, string, string>
  customer_kind: string
  po_number: ColumnType<string, string | undefined, string>
  scope: ColumnType<string, string | undefined, string>
  exclusions: ColumnType<string, string | undefined, string>
  terms: ColumnType<string, string | undefined, string>
  terms_sha256: Buffer
  deposit: ColumnType<unknown, string | null | undefined, string | null>
  plan: ColumnType<unknown, string | null | undefined, string | null>
  tax_rates: ColumnType<unknown, string | undefined, string>
  message: ColumnType<string, string | undefined, string>
  internal_note: ColumnType<string, string | undefined, string>
  amends_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface EventsTable {
  business_id: string
  seq: bigint
  id: string
  at: string
  actor_kind: string
  actor_id: ColumnType<string | null, string | null | undefined, string | null>
  actor_name: string
  kind: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  data: ColumnType<unknown, string, string>
  request_id: ColumnType<string, string | undefined, string>
  prev_hash: Buffer
  hash: Buffer
}

export interface ExportsTable {
  business_id: string
  id: string
  kind: string
  from_on: ColumnType<string | null, string | null | undefined, string | null>
  to_on: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  state: string
  rows_done: ColumnType<bigint, bigint | undefined, bigint>
  rows_total: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  file_name: string
  content_type: string
  sha256: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  bytes: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  asked_by: string
  asked_at: string
  finished_at: ColumnType<string | null, string | null | undefined, string | null>
  ends_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface FieldDraftsTable {
  business_id: string
  document_id: string
  customer_id: string
  staff_id: string
  created_at: string
  ready_at: ColumnType<string | null, string | null | undefined, string | null>
  note: ColumnType<string, string | undefined, string>
}

export interface FileRefsTable {
  business_id: string
  id: string
  sha256: Buffer
  purpose: string
  name: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  created_at: string
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
  visit_id: ColumnType<string | null, string | null | undefined, string | null>
  message_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface FilesTable {
  business_id: string
  sha256: Buffer
  bytes: number
  mime: string
  created_at: string
}

export interface GrantsTable {
  business_id: string
  id: string
  person_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  can_view: ColumnType<boolean, boolean | undefined, boolean>
  can_ask: ColumnType<boolean, boolean | undefined, boolean>
  can_pay: ColumnType<boolean, boolean | undefined, boolean>
  approve_limit_minor: ColumnType<bigint, bigint | undefined, bigint>
  can_manage: ColumnType<boolean, boolean | undefined, boolean>
  bills: ColumnType<boolean, boolean | undefined, boolean>
  created_at: string
  revoked_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface HostAlertsTable {
  condition: string
  since: string
  found: ColumnType<bigint, bigint | undefined, bigint>
  told_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface HostChecksTable {
  name: string
  at: string
  found: ColumnType<bigint, bigint | undefined, bigint>
}

export interface IdentitiesTable {
  id: string
  email: string
  password_hash: ColumnType<string | null, string | null | undefined, string | null>
  confirmed_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  theme: ColumnType<string, string | undefined, string>
}

export interface ImportEditsTable {
  business_id: string
  import_id: string
  row: number
  position: number
  was: ColumnType<string, string | undefined, string>
  value: ColumnType<string, string | undefined, string>
}

export interface ImportMappingsTable {
  business_id: string
  header_hash: Buffer
  kind: string
  mapping: ColumnType<unknown, string, string>
  reading: ColumnType<unknown, string, string>
  used_at: string
}

export interface ImportProblemsTable {
  business_id: string
  import_id: string
  row: number
  position: number
  code: string
  place: string
  value: string
  keeps: boolean
}

export interface ImportedThingsTable {
  business_id: string
  kind: string
  key: string
  thing_id: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  import_id: string
}

export interface ImportsTable {
  business_id: string
  id: string
  kind: string
  file_name: string
  check_only: ColumnType<boolean, boolean | undefined, boolean>
  columns: ColumnType<unknown, string | undefined, string>
  state: string
  rows_read: ColumnType<number, number | undefined, number>
  added: ColumnType<number, number | undefined, number>
  unchanged: ColumnType<number, number | undefined, number>
  rejected: ColumnType<number, number | undefined, number>
  problems: ColumnType<unknown, string | undefined, string>
  rejected_sha256: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  started_at: string
  finished_at: ColumnType<string | null, string | null | undefined, string | null>
  version: ColumnType<number, number | undefined, number>
  step: ColumnType<string, string | undefined, string>
  file_sha256: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  file_bytes: ColumnType<bigint, bigint | undefined, bigint>
  template: ColumnType<string | null, string | null | undefined, string | null>
  header: ColumnType<unknown, string | undefined, string>
  mapping: ColumnType<unknown, string | undefined, string>
  reading: ColumnType<unknown, string | undefined, string>
  guessed: ColumnType<unknown, string | undefined, string>
  rows_total: ColumnType<number | null, number | null | undefined, number | null>
  left_out: ColumnType<number, number | undefined, number>
  cancel_asked: ColumnType<boolean, boolean | undefined, boolean>
  failure: ColumnType<string, string | undefined, string>
  actor: ColumnType<unknown, string | undefined, string>
  moved_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface InboundEventsTable {
  business_id: string
  gateway: string
  event_id: string
  kind: string
  body: string
  received_at: string
  handled_at: ColumnType<string | null, string | null | undefined, string | null>
  outcome: ColumnType<string, string | undefined, string>
}

export interface InvitationsTable {
  business_id: string
  id: string
  identity_id: string
  name: string
  email: string
  role: string
  language: ColumnType<string, string | undefined, string>
  invited_by: string
  round: ColumnType<number, number | undefined, number>
  sent_at: string
  expires_at: string
  created_at: string
  accepted_at: ColumnType<string | null, string | null | undefined, string | null>
  withdrawn_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface InvoiceSchedulesTable {
  business_id: string
  document_id: string
  customer_id: string
  send_on: string
  send_hour: number
  send_at: string
  person_ids: string[]
  note: ColumnType<string, string | undefined, string>
  scheduled_by: string
  created_at: string
  failed_at: ColumnType<string | null, string | null | undefined, string | null>
  failure: ColumnType<string, string | undefined, string>
}

export interface InvoiceStandingsTable {
  business_id: string
  document_id: string
  version: ColumnType<number, number | undefined, number>
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  imported: ColumnType<boolean, boolean | undefined, boolean>
  state: ColumnType<string, string | undefined, string>
  number: ColumnType<string | null, string | null | undefined, string | null>
  customer_name: string
  po_number: ColumnType<string, string | undefined, string>
  currency: string
  listed_on: string
  issued_on: ColumnType<string | null, string | null | undefined, string | null>
  due_on: ColumnType<string | null, string | null | undefined, string | null>
  total_minor: bigint
  credited_minor: ColumnType<bigint, bigint | undefined, bigint>
  paid_minor: ColumnType<bigint, bigint | undefined, bigint>
  canceled_minor: ColumnType<bigint, bigint | undefined, bigint>
  written_off_minor: ColumnType<bigint, bigint | undefined, bigint>
  processing_minor: ColumnType<bigint, bigint | undefined, bigint>
  unknown_minor: ColumnType<bigint, bigint | undefined, bigint>
  announced_minor: ColumnType<bigint, bigint | undefined, bigint>
  announced_for: ColumnType<string | null, string | null | undefined, string | null>
  in_question_minor: ColumnType<bigint, bigint | undefined, bigint>
  held_back_minor: ColumnType<bigint, bigint | undefined, bigint>
  balance_minor: ColumnType<bigint, never, never>
  started_on: ColumnType<string | null, string | null | undefined, string | null>
  returned: ColumnType<boolean, boolean | undefined, boolean>
  canceled_at: ColumnType<string | null, string | null | undefined, string | null>
  replaced_by_number: ColumnType<string | null, string | null | undefined, string | null>
  closed_at: ColumnType<string | null, string | null | undefined, string | null>
  settled_at: ColumnType<string | null, string | null | undefined, string | null>
  sent_at: ColumnType<string | null, string | null | undefined, string | null>
  last_mailed_at: ColumnType<string | null, string | null | undefined, string | null>
  opened_at: ColumnType<string | null, string | null | undefined, string | null>
  delivery: ColumnType<string, string | undefined, string>
  purpose: ColumnType<string, string | undefined, string>
  discounted_minor: ColumnType<bigint, bigint | undefined, bigint>
  deposit_minor: ColumnType<bigint, bigint | undefined, bigint>
  early_minor: ColumnType<bigint, bigint | undefined, bigint>
  early_until: ColumnType<string | null, string | null | undefined, string | null>
  fee_next_on: ColumnType<string | null, string | null | undefined, string | null>
  posted_on: ColumnType<string | null, string | null | undefined, string | null>
  noted_minor: ColumnType<bigint, bigint | undefined, bigint>
  installments: ColumnType<unknown, string | null | undefined, string | null>
}

export interface InvoicesTable {
  business_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  series: string
  number: string
  number_seq: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  issued_on: string
  due_on: string
  seller: ColumnType<unknown, string, string>
  bill_to: ColumnType<unknown, string, string>
  customer_kind: string
  po_number: ColumnType<string, string | undefined, string>
  work_order_number: ColumnType<string, string | undefined, string>
  terms: ColumnType<string, string | undefined, string>
  message: ColumnType<string, string | undefined, string>
  internal_note: ColumnType<string, string | undefined, string>
  purpose: ColumnType<string, string | undefined, string>
  about_id: ColumnType<string | null, string | null | undefined, string | null>
  about_number: ColumnType<string, string | undefined, string>
  late_fee: ColumnType<unknown, string | null | undefined, string | null>
  early_discount: ColumnType<unknown, string | null | undefined, string | null>
  deposits: ColumnType<unknown, string | undefined, string>
  installments: ColumnType<unknown, string | null | undefined, string | null>
  held_back_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface ItemsTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  name: string
  description: ColumnType<string, string | undefined, string>
  unit: ColumnType<string, string | undefined, string>
  unit_price_milli: bigint
  tax_rate_id: ColumnType<string | null, string | null | undefined, string | null>
  archived_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  undone_at: ColumnType<string | null, string | null | undefined, string | null>
  taxable: ColumnType<boolean, boolean | undefined, boolean>
}

export interface JobLinesTable {
  business_id: string
  job_id: string
  id: string
  position: number
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  visit_id: ColumnType<string | null, string | null | undefined, string | null>
  line: ColumnType<unknown, string, string>
  net_minor: bigint
  invoice_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface JobsTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  number: number
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  title: string
  crew_notes: ColumnType<string, string | undefined, string>
  customer_notes: ColumnType<string, string | undefined, string>
  po_number: ColumnType<string, string | undefined, string>
  estimate_id: ColumnType<string | null, string | null | undefined, string | null>
  state: ColumnType<string, string | undefined, string>
  reason: ColumnType<string, string | undefined, string>
  currency: string
  total_minor: ColumnType<bigint, bigint | undefined, bigint>
  created_by: string
  created_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface JournalSettingsTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  names: ColumnType<unknown, string, string>
  xero_tax_rate: string
  updated_at: string
}

export interface KnownDevicesTable {
  identity_id: string
  device_hash: Buffer
  seen_at: string
}

export interface LateFeesTable {
  business_id: string
  document_id: string
  period: number
  fee_id: string
  base_minor: bigint
  amount_minor: bigint
  judged_on: string
}

export interface LedgerTable {
  business_id: string
  id: string
  act_id: string
  kind: string
  debit: string
  credit: string
  amount_minor: bigint
  currency: string
  customer_id: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  part_id: ColumnType<string | null, string | null | undefined, string | null>
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  payment_id: ColumnType<string | null, string | null | undefined, string | null>
  effective_on: string
  recorded_at: string
  tax_rate_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface LinksTable {
  business_id: string
  id: string
  document_id: string
  customer_id: string
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  token_hash: Buffer
  sent_to: ColumnType<string, string | undefined, string>
  created_at: string
  created_by: string
  last_mailed_at: string
  last_used_at: ColumnType<string | null, string | null | undefined, string | null>
  revoked_at: ColumnType<string | null, string | null | undefined, string | null>
  address_left: ColumnType<boolean, boolean | undefined, boolean>
  shared_by: ColumnType<string | null, string | null | undefined, string | null>
  shared_name: ColumnType<string, string | undefined, string>
  may_pay: ColumnType<boolean, boolean | undefined, boolean>
  ends_at: ColumnType<string | null, string | null | undefined, string | null>
  uses: ColumnType<string[], string[] | undefined, string[]>
}

export interface MailStopsTable {
  business_id: string
  person_id: string
  kind: string
  stopped_at: string
  resumed_at: ColumnType<string | null, string | null | undefined, string | null>
  via: string
}

export interface MailsTable {
  business_id: string
  id: string
  kind: string
  once: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  link_id: ColumnType<string | null, string | null | undefined, string | null>
  to_address: string
  to_name: ColumnType<string, string | undefined, string>
  locale: ColumnType<string, string | undefined, string>
  facts: ColumnType<unknown, string | undefined, string>
  subject: ColumnType<string, string | undefined, string>
  message_id: string
  state: string
  reason: ColumnType<string, string | undefined, string>
  tries: ColumnType<number, number | undefined, number>
  claimed_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  sent_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface MembershipsTable {
  business_id: string
  identity_id: string
  kind: string
  member_id: string
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface MessagesTable {
  business_id: string
  id: string
  thread_id: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  from_office: boolean
  author_id: ColumnType<string | null, string | null | undefined, string | null>
  author_name: string
  body: string
  at: string
}

export interface PartStandingsTable {
  business_id: string
  part_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  total_minor: bigint
  credited_minor: ColumnType<bigint, bigint | undefined, bigint>
  paid_minor: ColumnType<bigint, bigint | undefined, bigint>
  canceled_minor: ColumnType<bigint, bigint | undefined, bigint>
  written_off_minor: ColumnType<bigint, bigint | undefined, bigint>
  processing_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface PasskeysTable {
  id: string
  identity_id: string
  credential_id: string
  public_key: Buffer
  counter: ColumnType<bigint, bigint | undefined, bigint>
  transports: ColumnType<string[], string[] | undefined, string[]>
  name: string
  created_at: string
  last_used_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface PayChangesTable {
  business_id: string
  id: string
  how_to_pay: string
  asked_by: string
  asked_by_name: string
  asked_at: string
  live_at: ColumnType<string | null, string | null | undefined, string | null>
  decided_at: ColumnType<string | null, string | null | undefined, string | null>
  decided_by_name: ColumnType<string, string | undefined, string>
  outcome: ColumnType<string | null, string | null | undefined, string | null>
}

export interface PaymentSharesTable {
  business_id: string
  payment_id: string
  part_id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: boolean
  amount_minor: bigint
  applied_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  state: string
  method: string
  method_label: ColumnType<string, string | undefined, string>
  day: string
  receipt_number: ColumnType<string | null, string | null | undefined, string | null>
}

export interface PaymentsTable {
  business_id: string
  id: string
  customer_id: string
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  method: string
  state: string
  amount_minor: bigint
  currency: string
  started_on: string
  received_on: ColumnType<string | null, string | null | undefined, string | null>
  reference: ColumnType<string, string | undefined, string>
  note: ColumnType<string, string | undefined, string>
  keep_credit_minor: ColumnType<bigint, bigint | undefined, bigint>
  gateway: ColumnType<string | null, string | null | undefined, string | null>
  gateway_session: ColumnType<string | null, string | null | undefined, string | null>
  gateway_payment: ColumnType<string | null, string | null | undefined, string | null>
  checkout_url: ColumnType<string | null, string | null | undefined, string | null>
  method_label: ColumnType<string, string | undefined, string>
  receipt_number: ColumnType<string | null, string | null | undefined, string | null>
  failure: ColumnType<string, string | undefined, string>
  recorded_by: ColumnType<string, string | undefined, string>
  imported: ColumnType<boolean, boolean | undefined, boolean>
  import_id: ColumnType<string | null, string | null | undefined, string | null>
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  created_at: string
  pending_at: ColumnType<string | null, string | null | undefined, string | null>
  cleared_at: ColumnType<string | null, string | null | undefined, string | null>
  cleared_on: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  reason: ColumnType<string, string | undefined, string>
  refunded_minor: ColumnType<bigint, bigint | undefined, bigint>
  refund_waiting_minor: ColumnType<bigint, bigint | undefined, bigint>
  disputed_minor: ColumnType<bigint, bigint | undefined, bigint>
  saved_method_id: ColumnType<string | null, string | null | undefined, string | null>
  autopay_charge_id: ColumnType<string | null, string | null | undefined, string | null>
  fee_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  tip_minor: ColumnType<bigint, bigint | undefined, bigint>
  way_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface PayoutsTable {
  business_id: string
  id: string
  gateway: string
  reference: string
  state: string
  amount_minor: bigint
  currency: string
  arrives_on: string
  made_at: string
  failure: ColumnType<string, string | undefined, string>
  manual: ColumnType<boolean, boolean | undefined, boolean>
  listed: ColumnType<boolean, boolean | undefined, boolean>
  recorded_at: string
}

export interface PeopleTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  name: string
  email: ColumnType<string, string | undefined, string>
  phone: ColumnType<string, string | undefined, string>
  language: ColumnType<string, string | undefined, string>
  shared_mailbox: ColumnType<boolean, boolean | undefined, boolean>
  identity_id: ColumnType<string | null, string | null | undefined, string | null>
  verified_at: ColumnType<string | null, string | null | undefined, string | null>
  bounced_at: ColumnType<string | null, string | null | undefined, string | null>
  email_changed_at: ColumnType<string | null, string | null | undefined, string | null>
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  bounce_kind: ColumnType<string | null, string | null | undefined, string | null>
  bounce_reason: ColumnType<string, string | undefined, string>
}

export interface PersonReadsTable {
  business_id: string
  thread_id: string
  person_id: string
  read_at: string
}

export interface ProcessorAccountsTable {
  business_id: string
  id: string
  gateway: string
  state: string
  account_id: string
  account_name: ColumnType<string, string | undefined, string>
  live: boolean
  sealed_key: ColumnType<string | null, string | null | undefined, string | null>
  key_hint: string
  sealed_secret: ColumnType<string | null, string | null | undefined, string | null>
  secret_hint: ColumnType<string | null, string | null | undefined, string | null>
  secret_at: ColumnType<string | null, string | null | undefined, string | null>
  sealed_old_secret: ColumnType<string | null, string | null | undefined, string | null>
  old_secret_until: ColumnType<string | null, string | null | undefined, string | null>
  asked_by: ColumnType<string | null, string | null | undefined, string | null>
  asked_by_name: string
  asked_at: string
  live_at: ColumnType<string | null, string | null | undefined, string | null>
  connected_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_by_name: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ProcessorChecksTable {
  business_id: string
  gateway: string
  account_id: string
  since: string
  compared_at: string
  reached: boolean
  ours: ColumnType<number, number | undefined, number>
  theirs: ColumnType<number, number | undefined, number>
}

export interface ProcessorDifferencesTable {
  business_id: string
  gateway: string
  position: number
  what: string
  reference: string
  payment_id: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  ours: ColumnType<string, string | undefined, string>
  theirs: ColumnType<string, string | undefined, string>
  amount_minor: bigint
  currency: string
  at: string
}

export interface ProcessorEntriesTable {
  business_id: string
  id: string
  gateway: string
  reference: string
  kind: string
  payment_reference: ColumnType<string, string | undefined, string>
  payment_id: ColumnType<string | null, string | null | undefined, string | null>
  amount_minor: bigint
  fee_minor: bigint
  currency: string
  happened_at: string
  recorded_at: string
  payout_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface PropertiesTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  customer_id: string
  code: ColumnType<string, string | undefined, string>
  name: ColumnType<string, string | undefined, string>
  unit: ColumnType<string, string | undefined, string>
  address: ColumnType<unknown, string | undefined, string>
  access_notes: ColumnType<string, string | undefined, string>
  tax_rate_id: ColumnType<string | null, string | null | undefined, string | null>
  import_key: ColumnType<string | null, string | null | undefined, string | null>
  archived_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  undone_at: ColumnType<string | null, string | null | undefined, string | null>
  owner_name: ColumnType<string, string | undefined, string>
  cost_code: ColumnType<string, string | undefined, string>
  access_notes_shown: ColumnType<boolean, boolean | undefined, boolean>
  shown_access_notes: ColumnType<string, never, never>
  moved_to: ColumnType<string | null, string | null | undefined, string | null>
  moved_from: ColumnType<string | null, string | null | undefined, string | null>
}

export interface PropertyRulesTable {
  business_id: string
  property_id: string
  customer_id: string
  owner_person_id: ColumnType<string | null, string | null | undefined, string | null>
  nte_minor: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  po_required: ColumnType<boolean | null, boolean | null | undefined, boolean | null>
}

export interface QuestionedChargesTable {
  business_id: string
  id: string
  document_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  line_id: ColumnType<string | null, string | null | undefined, string | null>
  line_name: ColumnType<string, string | undefined, string>
  thread_id: string
  amount_minor: bigint
  currency: string
  reason: string
  person_id: ColumnType<string | null, string | null | undefined, string | null>
  person_name: ColumnType<string, string | undefined, string>
  opened_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  ending: ColumnType<string | null, string | null | undefined, string | null>
  answer: ColumnType<string, string | undefined, string>
  answer_document_id: ColumnType<string | null, string | null | undefined, string | null>
  ended_by_name: ColumnType<string, string | undefined, string>
  reminders_from: ColumnType<string | null, string | null | undefined, string | null>
}

export interface RecoveryCodesTable {
  identity_id: string
  code_hash: Buffer
  created_at: string
  used_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface RefundsTable {
  business_id: string
  id: string
  payment_id: string
  customer_id: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  amount_minor: bigint
  currency: string
  method: string
  state: string
  origin: string
  reason: ColumnType<string, string | undefined, string>
  sources: ColumnType<unknown, string | undefined, string>
  taken: ColumnType<unknown, string | undefined, string>
  cancels: ColumnType<boolean, boolean | undefined, boolean>
  gateway: ColumnType<string | null, string | null | undefined, string | null>
  gateway_refund: ColumnType<string | null, string | null | undefined, string | null>
  failure: ColumnType<string, string | undefined, string>
  reference: ColumnType<string, string | undefined, string>
  given_on: ColumnType<string | null, string | null | undefined, string | null>
  asked_by: ColumnType<string | null, string | null | undefined, string | null>
  asked_by_name: string
  asked_at: string
  decided_by: ColumnType<string | null, string | null | undefined, string | null>
  decided_by_name: ColumnType<string, string | undefined, string>
  decided_at: ColumnType<string | null, string | null | undefined, string | null>
  sent_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  tip_minor: ColumnType<bigint, bigint | undefined, bigint>
  way_minor: ColumnType<bigint, bigint | undefined, bigint>
}

export interface ReminderCustomersTable {
  business_id: string
  customer_id: string
  history: ColumnType<boolean, boolean | undefined, boolean>
  since: ColumnType<string | null, string | null | undefined, string | null>
  updated_at: string
}

export interface ReminderInvoicesTable {
  business_id: string
  document_id: string
  customer_id: string
  off: ColumnType<boolean, boolean | undefined, boolean>
  paused_until: ColumnType<string | null, string | null | undefined, string | null>
  updated_at: string
}

export interface ReminderRulesTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  active: ColumnType<boolean, boolean | undefined, boolean>
  since: ColumnType<string | null, string | null | undefined, string | null>
  history: ColumnType<boolean, boolean | undefined, boolean>
  send_hour: ColumnType<number, number | undefined, number>
  weekdays_only: ColumnType<boolean, boolean | undefined, boolean>
  most: ColumnType<number, number | undefined, number>
  steps: ColumnType<unknown, string, string>
  last_round_on: ColumnType<string | null, string | null | undefined, string | null>
  updated_at: string
}

export interface RemindersTable {
  business_id: string
  id: string
  batch_id: string
  document_id: string
  customer_id: string
  step: string
  outcome: string
  reason: ColumnType<string, string | undefined, string>
  day: string
  at: string
  by_name: string
  installment_on: ColumnType<string | null, string | null | undefined, string | null>
}

export interface RemovedBusinessesTable {
  id: string
  removed_at: string
  record: string
  sha256: Buffer
  slug_hash: Buffer
}

export interface ReplySnippetsTable {
  business_id: string
  id: string
  title: string
  body: string
  created_at: string
}

export interface SavedFiltersTable {
  business_id: string
  id: string
  list: string
  name: string
  filter: ColumnType<unknown, string, string>
  staff_id: ColumnType<string | null, string | null | undefined, string | null>
  position: number
  created_at: string
}

export interface SavedMethodsTable {
  business_id: string
  id: string
  customer_id: string
  person_id: string
  person_name: string
  gateway: string
  state: string
  method: ColumnType<string, string | undefined, string>
  gateway_session: ColumnType<string | null, string | null | undefined, string | null>
  reference: ColumnType<string | null, string | null | undefined, string | null>
  holder: ColumnType<string | null, string | null | undefined, string | null>
  label: ColumnType<string, string | undefined, string>
  expires_on: ColumnType<string | null, string | null | undefined, string | null>
  is_default: ColumnType<boolean, boolean | undefined, boolean>
  offered_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  saved_at: ColumnType<string | null, string | null | undefined, string | null>
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
  forgotten_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface SearchTermsTable {
  business_id: string
  term: string
  kind: string
  id: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface SendingDomainsTable {
  business_id: string
  id: string
  address: string
  domain: string
  selector: string
  public_key: string
  sealed_key: string
  state: ColumnType<string, string | undefined, string>
  findings: ColumnType<unknown, string | undefined, string>
  checked_at: ColumnType<string | null, string | null | undefined, string | null>
  verified_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
}

export interface SessionsTable {
  token_hash: Buffer
  id: string
  realm: string
  identity_id: string
  active_business: ColumnType<string | null, string | null | undefined, string | null>
  assurance: string[]
  authenticated_at: string
  created_at: string
  last_used_at: string
  idle_seconds: number
  expires_at: string
  device: ColumnType<string, string | undefined, string>
  revoked_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ShelfPapersTable {
  business_id: string
  id: string
  customer_id: ColumnType<string | null, string | null | undefined, string | null>
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  kind: string
  title: string
  sha256: Buffer
  name: string
  expires_on: ColumnType<string | null, string | null | undefined, string | null>
  added_at: string
  added_by: string
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface SignInCodesTable {
  id: string
  realm: string
  purpose: string
  for_business: ColumnType<string | null, string | null | undefined, string | null>
  identity_id: ColumnType<string | null, string | null | undefined, string | null>
  password_hash: ColumnType<string | null, string | null | undefined, string | null>
  code_mac: Buffer
  nonce_hash: Buffer
  expires_at: string
  tries: ColumnType<number, number | undefined, number>
  used_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  sent_to: ColumnType<string, string | undefined, string>
}

export interface StaffTable {
  business_id: string
  id: string
  identity_id: string
  name: string
  email: string
  role: string
  language: ColumnType<string, string | undefined, string>
  created_at: string
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface StandInsTable {
  business_id: string
  id: string
  customer_id: string
  person_id: string
  person_name: string
  stand_in_id: string
  stand_in_name: string
  from_on: string
  until_on: string
  rights: ColumnType<unknown, string, string>
  created_at: string
  created_by: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_by: ColumnType<string, string | undefined, string>
}

export interface StatementMailsTable {
  business_id: string
  person_id: string
  customer_id: string
  next_on: string
  started_at: string
}

export interface TaxRatesTable {
  business_id: string
  id: string
  name: string
  components: ColumnType<unknown, string, string>
  archived_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
}

export interface TeamRulesTable {
  business_id: string
  version: ColumnType<number, number | undefined, number>
  two_step: ColumnType<boolean, boolean | undefined, boolean>
  crew_prices: ColumnType<boolean, boolean | undefined, boolean>
  crew_sends: ColumnType<boolean, boolean | undefined, boolean>
  updated_at: string
}

export interface ThreadReadsTable {
  business_id: string
  thread_id: string
  staff_id: string
  read_at: string
}

export interface ThreadsTable {
  business_id: string
  id: string
  document_id: ColumnType<string | null, string | null | undefined, string | null>
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  shown: ColumnType<boolean, boolean | undefined, boolean>
  line_id: ColumnType<string | null, string | null | undefined, string | null>
  subject: ColumnType<string, string | undefined, string>
  opened_at: string
  last_at: string
  waiting_for: string
  assignee_id: ColumnType<string | null, string | null | undefined, string | null>
  person_id: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ThrottlesTable {
  key: string
  window_start: string
  hits: number
}

export interface VisitsTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  sequence: ColumnType<number, number | undefined, number>
  job_id: string
  customer_id: string
  property_id: ColumnType<string | null, string | null | undefined, string | null>
  title: string
  customer_note: ColumnType<string, string | undefined, string>
  day: string
  from_time: ColumnType<string | null, string | null | undefined, string | null>
  until_time: ColumnType<string | null, string | null | undefined, string | null>
  crew: ColumnType<string[], string[] | undefined, string[]>
  state: ColumnType<string, string | undefined, string>
  shown: boolean
  done_note: ColumnType<string, string | undefined, string>
  reason: ColumnType<string, string | undefined, string>
  on_the_way_at: ColumnType<string | null, string | null | undefined, string | null>
  started_at: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  invoice_id: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  crew_names: ColumnType<string[], string[] | undefined, string[]>
}

export interface WebhookDeliveriesTable {
  business_id: string
  id: string
  endpoint_id: string
  event_id: string
  event_seq: ColumnType<bigint | null, bigint | null | undefined, bigint | null>
  kind: string
  state: string
  round: ColumnType<number, number | undefined, number>
  tries: ColumnType<number, number | undefined, number>
  next_at: ColumnType<string | null, string | null | undefined, string | null>
  created_at: string
  ended_at: ColumnType<string | null, string | null | undefined, string | null>
  last_status: ColumnType<number | null, number | null | undefined, number | null>
  last_error: ColumnType<string, string | undefined, string>
}

export interface WebhookEndpointsTable {
  business_id: string
  id: string
  version: ColumnType<number, number | undefined, number>
  url: string
  description: ColumnType<string, string | undefined, string>
  kinds: ColumnType<string[] | null, string[] | null | undefined, string[] | null>
  state: string
  disabled_reason: ColumnType<string | null, string | null | undefined, string | null>
  disabled_at: ColumnType<string | null, string | null | undefined, string | null>
  secret: string
  old_secret: ColumnType<string | null, string | null | undefined, string | null>
  old_secret_until: ColumnType<string | null, string | null | undefined, string | null>
  cursor_seq: bigint
  failures: ColumnType<number, number | undefined, number>
  failing_since: ColumnType<string | null, string | null | undefined, string | null>
  last_delivered_at: ColumnType<string | null, string | null | undefined, string | null>
  busy_until: ColumnType<string | null, string | null | undefined, string | null>
  created_by_name: string
  created_at: string
  removed_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface WebhookTriesTable {
  business_id: string
  delivery_id: string
  number: number
  at: string
  duration_ms: number
  status: ColumnType<number | null, number | null | undefined, number | null>
  error: ColumnType<string, string | undefined, string>
  answer: ColumnType<string, string | undefined, string>
}

export interface DB {
  acts: ActsTable
  announced_payments: AnnouncedPaymentsTable
  api_keys: ApiKeysTable
  approval_heads: ApprovalHeadsTable
  approvals: ApprovalsTable
  assignments: AssignmentsTable
  authenticator_apps: AuthenticatorAppsTable
  autopay_charges: AutopayChargesTable
  autopay_mandates: AutopayMandatesTable
  autopay_rules: AutopayRulesTable
  batch_items: BatchItemsTable
  batches: BatchesTable
  business_heads: BusinessHeadsTable
  business_profiles: BusinessProfilesTable
  businesses: BusinessesTable
  ceremonies: CeremoniesTable
  charge_rules: ChargeRulesTable
  closings: ClosingsTable
  contract_invoices: ContractInvoicesTable
  contracts: ContractsTable
  counters: CountersTable
  credit_notes: CreditNotesTable
  credit_use_shares: CreditUseSharesTable
  credit_uses: CreditUsesTable
  customer_balances: CustomerBalancesTable
  customer_charges: CustomerChargesTable
  customers: CustomersTable
  dead_tasks: DeadTasksTable
  deposit_uses: DepositUsesTable
  deposits: DepositsTable
  detail_changes: DetailChangesTable
  disputes: DisputesTable
  document_facts: DocumentFactsTable
  document_lines: DocumentLinesTable
  document_parts: DocumentPartsTable
  document_taxes: DocumentTaxesTable
  document_totals: DocumentTotalsTable
  documents: DocumentsTable
  drafts: DraftsTable
  erased_events: ErasedEventsTable
  erasures: ErasuresTable
  estimate_standings: EstimateStandingsTable
  estimates: EstimatesTable
  events: EventsTable
  exports: ExportsTable
  field_drafts: FieldDraftsTable
  file_refs: FileRefsTable
  files: FilesTable
  grants: GrantsTable
  host_alerts: HostAlertsTable
  host_checks: HostChecksTable
  identities: IdentitiesTable
  import_edits: ImportEditsTable
  import_mappings: ImportMappingsTable
  import_problems: ImportProblemsTable
  imported_things: ImportedThingsTable
  imports: ImportsTable
  inbound_events: InboundEventsTable
  invitations: InvitationsTable
  invoice_schedules: InvoiceSchedulesTable
  invoice_standings: InvoiceStandingsTable
  invoices: InvoicesTable
  items: ItemsTable
  job_lines: JobLinesTable
  jobs: JobsTable
  journal_settings: JournalSettingsTable
  known_devices: KnownDevicesTable
  late_fees: LateFeesTable
  ledger: LedgerTable
  links: LinksTable
  mail_stops: MailStopsTable
  mails: MailsTable
  memberships: MembershipsTable
  messages: MessagesTable
  part_standings: PartStandingsTable
  passkeys: PasskeysTable
  pay_changes: PayChangesTable
  payment_shares: PaymentSharesTable
  payments: PaymentsTable
  payouts: PayoutsTable
  people: PeopleTable
  person_reads: PersonReadsTable
  processor_accounts: ProcessorAccountsTable
  processor_checks: ProcessorChecksTable
  processor_differences: ProcessorDifferencesTable
  processor_entries: ProcessorEntriesTable
  properties: PropertiesTable
  property_rules: PropertyRulesTable
  questioned_charges: QuestionedChargesTable
  recovery_codes: RecoveryCodesTable
  refunds: RefundsTable
  reminder_customers: ReminderCustomersTable
  reminder_invoices: ReminderInvoicesTable
  reminder_rules: ReminderRulesTable
  reminders: RemindersTable
  removed_businesses: RemovedBusinessesTable
  reply_snippets: ReplySnippetsTable
  saved_filters: SavedFiltersTable
  saved_methods: SavedMethodsTable
  search_terms: SearchTermsTable
  sending_domains: SendingDomainsTable
  sessions: SessionsTable
  shelf_papers: ShelfPapersTable
  sign_in_codes: SignInCodesTable
  staff: StaffTable
  stand_ins: StandInsTable
  statement_mails: StatementMailsTable
  tax_rates: TaxRatesTable
  team_rules: TeamRulesTable
  thread_reads: ThreadReadsTable
  threads: ThreadsTable
  throttles: ThrottlesTable
  visits: VisitsTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_endpoints: WebhookEndpointsTable
  webhook_tries: WebhookTriesTable
}
