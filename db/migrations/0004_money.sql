-- Payments and the append-only ledger. One ledger row is one transfer, so an unbalanced one cannot be written.

create table payments (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  person_id uuid,
  method text not null check (method in ('card', 'bank', 'check', 'cash', 'transfer', 'other')),
  state text not null check (state in ('initiated', 'pending', 'cleared', 'failed', 'unknown', 'expired', 'returned', 'reversed', 'refunded', 'disputed')),
  amount_minor bigint not null check (amount_minor between 1 and 99999999),
  currency text not null,
  started_on date not null,                                  -- in the business's zone: judges "on time"
  received_on date,
  reference text not null default '',
  note text not null default '',
  keep_credit_minor bigint not null default 0 check (keep_credit_minor >= 0),
  gateway text,
  gateway_session text,
  gateway_payment text,
  checkout_url text,
  method_label text not null default '',                     -- 'Visa 4242'
  receipt_number text,
  failure text not null default '',
  recorded_by text not null default '',                      -- who recorded it, or started it
  imported boolean not null default false,
  import_id uuid,
  document_id uuid,                                          -- the one document it was started from, if any
  shown boolean not null default true,
  created_at timestamptz not null,
  pending_at timestamptz,
  cleared_at timestamptz,
  cleared_on date,
  ended_at timestamptz,
  reason text not null default '',
  primary key (business_id, id)
);
create index payments_list on payments (business_id, created_at desc, id desc);
create index payments_customer on payments (business_id, customer_id, created_at desc, id desc);
create index payments_cleared on payments (business_id, cleared_on) where cleared_on is not null;
create index payments_unsettled on payments (business_id, state, created_at) where state in ('initiated', 'pending', 'unknown', 'returned');
create unique index payments_gateway_session on payments (business_id, gateway, gateway_session) where gateway_session is not null;

-- What a payment is for: chosen before paying, kept for ever; the state is the payment's, carried here so that
-- who may see one document sees just what was paid on it.
create table payment_shares (
  business_id uuid not null,
  payment_id uuid not null,
  part_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  amount_minor bigint not null check (amount_minor > 0),
  applied_minor bigint,                                      -- what of it went on the part when the money came; the rest is credit
  state text not null,
  method text not null,
  method_label text not null default '',
  day date not null,
  receipt_number text,
  primary key (business_id, payment_id, part_id),
  check (applied_minor between 0 and amount_minor)
);
create index payment_shares_document on payment_shares (business_id, document_id);

create table ledger (
  business_id uuid not null,
  id uuid not null,
  act_id uuid not null,                                      -- transfers of one act share it
  kind text not null check (kind in ('issue', 'tax', 'cancel', 'cancel_tax', 'clear', 'allocate', 'unallocate', 'reverse', 'return', 'refund', 'credit', 'write_off', 'opening')),
  debit text not null,
  credit text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  customer_id uuid not null,
  document_id uuid,
  part_id uuid,
  property_id uuid,
  payment_id uuid,
  effective_on date not null,
  recorded_at timestamptz not null,
  primary key (business_id, id),
  check (debit <> credit),
  check (debit in ('receivable', 'customer_credit', 'clearing_card', 'clearing_bank', 'clearing_check', 'clearing_cash', 'clearing_transfer', 'clearing_other',
                   'revenue', 'tax_payable', 'tips', 'fees', 'bad_debt', 'retainage', 'deposits', 'opening')),
  check (credit in ('receivable', 'customer_credit', 'clearing_card', 'clearing_bank', 'clearing_check', 'clearing_cash', 'clearing_transfer', 'clearing_other',
                    'revenue', 'tax_payable', 'tips', 'fees', 'bad_debt', 'retainage', 'deposits', 'opening'))
);
create index ledger_customer on ledger (business_id, customer_id, effective_on);
create index ledger_document on ledger (business_id, document_id) where document_id is not null;
create index ledger_payment on ledger (business_id, payment_id) where payment_id is not null;

-- Stored running balances, by customer: must equal the ledger re-added.
create table customer_balances (
  business_id uuid not null,
  customer_id uuid not null,
  currency text not null,
  receivable_minor bigint not null default 0,
  credit_minor bigint not null default 0 check (credit_minor >= 0),
  primary key (business_id, customer_id, currency)
);

create table announced_payments (
  business_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default true,
  person_id uuid,
  method text not null check (method in ('check', 'transfer', 'cash', 'card', 'bank', 'other')),
  already_paid boolean not null default false,
  amount_minor bigint not null check (amount_minor between 1 and 99999999),
  expected_on date not null,
  ends_on date not null,                                     -- ten days after the date given
  note text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz,
  payment_id uuid,
  primary key (business_id, id)
);
create index announced_payments_document on announced_payments (business_id, document_id);
create index announced_payments_open on announced_payments (business_id, ends_on) where ended_at is null;

-- What a processor told us: stored before it is answered, worked through by a task.
create table inbound_events (
  business_id uuid not null,
  gateway text not null,
  event_id text not null,
  kind text not null,
  body text not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  outcome text not null default '',
  primary key (business_id, gateway, event_id)
);
