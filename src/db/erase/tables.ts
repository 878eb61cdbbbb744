/**
 * What happens to each table of a business when the personal data of one customer is erased, column by column. Every column that can hold
 * words is named here, with what is done to it or why it stays; the test beside this fails until a new one is. `{business}`, `{customer}`,
 * `{people}` (of this customer alone), `{words}` (patterns of their names and addresses) and `{imports}` (whose file names them) are put in as literals.
 */
export type Treatment = Readonly<{
  /** Rows that go whole. */
  remove?: string;
  /** Rows that stay, and what their columns say from now on. */
  change?: Readonly<{ rows: string; set: Readonly<Record<string, string>> }>;
  /** Columns that stay, and why. `*`: all the others. */
  kept?: Readonly<Record<string, string>>;
}>;

const ofCustomer = 'customer_id = {customer}';
const ofDocuments = 'document_id in (select d.id from documents d where d.business_id = {business} and d.customer_id = {customer})';
const ofPeople = 'person_id = any ({people})';
const coded = 'codes of our own, no words';
const ofStaff = 'of those who work here';
const settings = 'settings of the business';
const paper = 'as on the issued invoice, which the law keeps';
const books = 'the books: an amount, how it came, and its number';
const named = (column: string): string => `${column} ilike any ({words})`;

export const treatments: Readonly<Record<string, Treatment>> = {
  acts: {
    change: { rows: "state = 'done' and answer like '{%'", set: { answer: "''" } },
    kept: { '*': 'ids and addresses of our own; what was asked is a hash' },
  },
  announced_payments: { change: { rows: ofCustomer, set: { note: "''" } }, kept: { method: coded } },
  api_keys: { kept: { '*': settings } },
  approval_heads: { kept: { '*': 'hashes' } },
  approvals: { kept: { '*': 'what was signed, which proves the agreement as long as the papers are kept' } },
  assignments: { change: { rows: ofCustomer, set: { note: "''" } }, kept: { created_by: ofStaff } },
  autopay_charges: {
    change: { rows: ofCustomer, set: { ended_by: `case when ${named('ended_by')} then '' else ended_by end` } },
    kept: { state: coded, currency: coded, failure: coded },
  },
  autopay_mandates: {
    change: {
      rows: ofCustomer,
      set: {
        ...{ person_name: "'Erased'", person_email: "''", method_label: "''", wording: "'(erased)'", remote_address: "''", ended_by: "''", ended_note: "''" },
        ...{ ended_at: 'coalesce(ended_at, now())', ended_reason: "coalesce(ended_reason, 'right_ended')" },
      },
    },
    kept: { currency: coded, language: coded },
  },
  autopay_rules: { kept: { '*': settings } },
  batch_items: {
    change: {
      rows: `thing_id = {customer} or thing_id in (select d.id from documents d where d.business_id = {business} and d.customer_id = {customer}) or ${named('name')}`,
      set: { name: "''" },
    },
    kept: { state: coded, code: coded },
  },
  batches: { kept: { kind: coded, options: 'ids and days', actor: ofStaff, state: coded } },
  business_heads: { kept: { '*': 'no words' } },
  business_profiles: { kept: { '*': settings } },
  businesses: { kept: { '*': settings } },
  charge_rules: { kept: { '*': settings } },
  closings: { kept: { '*': ofStaff } },
  contract_invoices: { kept: { bill: coded } },
  contracts: { kept: { '*': books } },
  counters: { kept: { '*': settings } },
  credit_use_shares: { kept: { '*': books } },
  credit_uses: {
    change: { rows: ofCustomer, set: { used_by: `case when ${named('used_by')} then '' else used_by end` } },
    kept: { state: coded, currency: coded, rest: books },
  },
  credit_notes: { kept: { created_by: ofStaff, reason: 'stands on the credit note', '*': paper } },
  customer_balances: { kept: { '*': books } },
  customer_charges: { kept: { '*': 'rates and days' } },
  customers: {
    change: {
      rows: 'id = {customer}',
      set: {
        ...{ name: "'Erased customer'", company: "''", billing_address: "'{}'", tax_exempt_note: "''", notes: "''" },
        ...{ import_key: 'null', reminders: 'false' },
      },
    },
    kept: { kind: coded, language: coded, sort_name: 'made of the name' },
  },
  deposit_uses: { kept: { kind: coded, method: books, reference: books, used_by: ofStaff } },
  deposits: { kept: { '*': books } },
  detail_changes: {
    change: { rows: ofCustomer, set: { asked: "'{}'", before: "'{}'", person_name: "''", words: "''" } },
    kept: { state: coded, decided_by_name: ofStaff },
  },
  disputes: { kept: { '*': books } },
  document_facts: { kept: { facts: paper } },
  document_lines: { kept: { '*': paper } },
  document_parts: { kept: { '*': paper } },
  document_taxes: { kept: { '*': paper } },
  document_totals: { kept: { '*': paper } },
  documents: { kept: { kind: coded, language: coded, cancel_reason: 'stands on the canceled invoice' } },
  drafts: { remove: ofCustomer, kept: { '*': 'goes whole' } },
  erased_events: { kept: { '*': 'hashes' } },
  erasures: { kept: { asked_by: ofStaff, words: 'emptied when this is done' } },
  estimate_standings: {
    change: {
      rows: ofCustomer,
      set: {
        customer_name: "'Erased customer'",
        decided_by: "''",
        recommended_by: "''",
        waiting_for_name: "''",
        waiting_instead_of: "''",
        first_approved_by: "''",
        reason: "''",
      },
    },
    kept: { state: coded, number: paper, po_number: paper, currency: coded, delivery: coded },
  },
  estimates: { change: { rows: ofCustomer, set: { internal_note: "''" } }, kept: { '*': paper } },
  events: { kept: { '*': 'taken out word by word: see events.ts beside this' } },
  exports: {
    change: { rows: "state in ('waiting', 'running', 'done')", set: { state: "'ended'", sha256: 'null' } },
    kept: { kind: coded, file_name: 'a kind and a day', content_type: coded, asked_by: ofStaff },
  },
  field_drafts: { change: { rows: ofCustomer, set: { note: "''" } } },
  file_refs: {
    remove: `(${ofCustomer} or ${ofDocuments} or id = any ({imports})) and purpose not in ('pdf', 'part_pdf')`,
    kept: { '*': 'the papers of issued invoices alone' },
  },
  files: { kept: { mime: coded } },
  grants: { kept: { '*': 'no words' } },
  import_edits: { remove: `import_id = any ({imports}) or ${named('value')} or ${named('was')}`, kept: { '*': 'goes whole' } },
  import_mappings: { kept: { kind: coded, mapping: 'columns, not cells', reading: coded } },
  import_problems: { remove: `import_id = any ({imports}) or ${named('value')}`, kept: { '*': 'goes whole' } },
  imported_things: {
    remove: `(${ofCustomer} or thing_id = any ({people})) and kind <> 'invoice'`,
    kept: { kind: coded, key: 'of invoices alone: their number' },
  },
  imports: {
    change: {
      rows: 'id = any ({imports})',
      set: { file_name: "'erased.csv'", file_sha256: 'null', rejected_sha256: 'null', problems: "'[]'", failure: "''" },
    },
    kept: {
      ...{ kind: coded, state: coded, step: coded, template: coded, reading: coded, guessed: coded, mapping: coded },
      ...{ actor: ofStaff, columns: 'headings', header: 'headings' },
    },
  },
  inbound_events: {
    change: {
      rows: `handled_at is not null and (${named('body')} or exists (select from payments p where p.business_id = {business} and p.customer_id = {customer}
        and (strpos(inbound_events.body, p.id::text) > 0 or strpos(inbound_events.body, p.gateway_payment) > 0 or strpos(inbound_events.body, p.gateway_session) > 0)))`,
      set: { body: "''" },
    },
    kept: { '*': coded },
  },
  invitations: { kept: { '*': ofStaff } },
  invoice_schedules: { change: { rows: ofCustomer, set: { note: "''" } }, kept: { scheduled_by: ofStaff, failure: coded } },
  invoice_standings: {
    change: { rows: ofCustomer, set: { customer_name: "'Erased customer'" } },
    kept: {
      state: coded,
      number: paper,
      po_number: paper,
      currency: coded,
      replaced_by_number: paper,
      delivery: coded,
      purpose: coded,
      installments: 'days and amounts',
    },
  },
  invoices: { change: { rows: ofCustomer, set: { internal_note: "''" } }, kept: { '*': paper } },
  items: { kept: { '*': settings } },
  job_lines: {
    change: { rows: ofCustomer, set: { line: `line || '{"name": "(erased)", "description": ""}'` } },
  },
  jobs: {
    change: { rows: ofCustomer, set: { title: "'(erased)'", crew_notes: "''", customer_notes: "''", po_number: "''", reason: "''" } },
    kept: { state: coded, currency: coded, created_by: ofStaff },
  },
  journal_settings: { kept: { '*': settings } },
  late_fees: { kept: { '*': books } },
  ledger: { kept: { '*': books } },
  links: {
    change: {
      rows: ofCustomer,
      set: { sent_to: "''", shared_name: "''", created_by: `case when shared_by is not null or ${named('created_by')} then '' else created_by end` },
    },
  },
  mail_stops: { remove: ofPeople, kept: { kind: coded, via: coded } },
  mails: { remove: `${ofCustomer} or ${ofDocuments} or ${ofPeople} or ${named('to_address')}`, kept: { '*': 'goes whole' } },
  memberships: { remove: "kind = 'person' and member_id = any ({people})", kept: { kind: coded } },
  messages: { change: { rows: ofCustomer, set: { body: "'(erased)'", author_name: "case when from_office then author_name else '' end" } } },
  part_standings: { kept: { '*': books } },
  person_reads: { kept: { '*': 'no words' } },
  pay_changes: { kept: { '*': settings } },
  payment_shares: { kept: { '*': books } },
  payments: {
    change: {
      rows: ofCustomer,
      set: { note: "''", reason: "''", checkout_url: 'null', recorded_by: `case when ${named('recorded_by')} then '' else recorded_by end` },
    },
    kept: {
      ...{ method: books, state: coded, currency: coded, reference: books, gateway: books, gateway_session: books, gateway_payment: books },
      ...{ method_label: books, receipt_number: books, failure: coded },
    },
  },
  payouts: { kept: { '*': 'transfers of the business to its own bank' } },
  people: {
    change: {
      rows: 'id = any ({people})',
      set: {
        name: "'Erased'",
        email: "''",
        phone: "''",
        identity_id: 'null',
        verified_at: 'null',
        bounced_at: 'null',
        bounce_kind: 'null',
        bounce_reason: "''",
      },
    },
    kept: { language: coded },
  },
  processor_accounts: { kept: { '*': settings } },
  processor_checks: { kept: { '*': settings } },
  processor_differences: { kept: { '*': books } },
  processor_entries: { kept: { '*': books } },
  properties: {
    change: {
      rows: ofCustomer,
      set: { code: "''", name: "''", unit: "''", address: "'{}'", access_notes: "''", owner_name: "''", cost_code: "''", import_key: 'null' },
    },
    kept: { shown_access_notes: 'follows access_notes' },
  },
  property_rules: { kept: { '*': 'an amount and yes or no' } },
  questioned_charges: {
    change: { rows: ofCustomer, set: { line_name: "''", person_name: "''", answer: "''" } },
    kept: { currency: coded, reason: coded, ending: coded, ended_by_name: ofStaff },
  },
  refunds: {
    change: { rows: ofCustomer, set: { reason: "''" } },
    kept: { asked_by_name: ofStaff, decided_by_name: ofStaff, '*': books },
  },
  reminder_customers: { kept: { '*': 'days' } },
  reminder_invoices: { kept: { '*': 'days' } },
  reminder_rules: { kept: { '*': settings } },
  reminders: { kept: { step: coded, outcome: coded, reason: coded, by_name: ofStaff } },
  reply_snippets: { kept: { '*': settings } },
  saved_methods: {
    change: {
      rows: ofCustomer,
      set: {
        ...{ person_name: "'Erased'", label: "''", is_default: 'false', offered_at: 'null' },
        ...{ state: "case when reference is null then 'failed' else 'removed' end" },
        ...{ removed_at: 'case when reference is null then null else coalesce(removed_at, now()) end' },
      },
    },
    kept: { gateway: coded, method: coded, gateway_session: 'ids of the processor, which is told to forget it', reference: 'as above', holder: 'as above' },
  },
  saved_filters: { remove: `${named('filter::text')} or ${named('name')}`, kept: { '*': 'goes whole' } },
  search_terms: {
    remove: `${ofCustomer} and (kind in ('customer', 'property', 'person', 'job')
      or (kind = 'invoice' and not exists (select from invoices i where i.business_id = {business} and i.document_id = search_terms.id and strpos(lower(i.number), term) > 0))
      or (kind = 'payment' and not exists (select from payments p where p.business_id = {business} and p.id = search_terms.id and strpos(lower(p.receipt_number), term) > 0)))`,
    kept: { '*': 'numbers of invoices and receipts alone' },
  },
  sending_domains: { kept: { '*': settings } },
  stand_ins: {
    change: { rows: ofCustomer, set: { person_name: "''", stand_in_name: "''", created_by: "''", ended_by: "''" } },
    kept: { rights: 'ids and limits' },
  },
  shelf_papers: { remove: ofCustomer, kept: { '*': 'goes whole' } },
  staff: { kept: { '*': ofStaff } },
  statement_mails: { remove: ofPeople, kept: { '*': 'no words' } },
  tax_rates: { kept: { '*': settings } },
  team_rules: { kept: { '*': settings } },
  thread_reads: { kept: { '*': 'no words' } },
  threads: { change: { rows: ofCustomer, set: { subject: "''" } }, kept: { waiting_for: coded } },
  visits: {
    change: { rows: ofCustomer, set: { title: "'(erased)'", customer_note: "''", done_note: "''", reason: "''" } },
    kept: { state: coded, from_time: 'an hour', until_time: 'an hour', crew_names: ofStaff },
  },
  webhook_deliveries: {
    change: { rows: 'event_seq in (select e.seq from events e where e.business_id = {business} and e.customer_id = {customer})', set: { last_error: "''" } },
    kept: { kind: coded, state: coded },
  },
  webhook_endpoints: { kept: { '*': settings } },
  webhook_tries: {
    change: {
      rows: `delivery_id in (select w.id from webhook_deliveries w join events e on e.business_id = {business} and e.seq = w.event_seq
        where w.business_id = {business} and e.customer_id = {customer}) or ${named('answer')} or ${named('error')}`,
      set: { answer: "''", error: "''" },
    },
  },
};
