-- Money that goes back: refunds, chargebacks, credit notes, and bills that are given up and taken up again.

alter table payments
  add column refunded_minor bigint not null default 0,        -- given back in the books, whether or not it has arrived
  add column refund_waiting_minor bigint not null default 0,  -- asked for, and waiting for a second person
  add column disputed_minor bigint not null default 0,        -- taken by a chargeback that is open or lost
  add constraint payments_given_back check (refunded_minor >= 0 and refund_waiting_minor >= 0 and disputed_minor >= 0
    and refunded_minor + refund_waiting_minor + disputed_minor <= amount_minor);
grant update (refunded_minor, refund_waiting_minor, disputed_minor) on payments to office, system;

-- What a payment pays now: it may be moved to other invoices, so it is no longer bound by what was meant.
do $$ declare c text; begin
  for c in select conname from pg_constraint where conrelid = 'payment_shares'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%applied_minor%' loop
    execute format('alter table payment_shares drop constraint %I', c);
  end loop;
end $$;
alter table payment_shares add constraint payment_shares_applied check (applied_minor >= 0);

alter table invoice_standings
  add column noted_minor bigint not null default 0,           -- of credited: by credit notes
  drop constraint invoice_standings_credited,
  add constraint invoice_standings_credited check (discounted_minor >= 0 and deposit_minor >= 0 and noted_minor >= 0
    and discounted_minor + deposit_minor + noted_minor <= credited_minor);

-- Refunds from this amount on need a second person where there is one; null: never.
alter table business_profiles add column refund_limit_minor bigint default 50000 check (refund_limit_minor >= 0);

-- The intent to give money back, committed before anybody outside is asked, and what became of it.
create table refunds (
  business_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  customer_id uuid not null,
  document_id uuid,                                          -- the payment's own
  shown boolean not null default true,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  method text not null check (method in ('original', 'check', 'cash', 'transfer', 'other')),
  state text not null check (state in ('waiting_second', 'requested', 'unknown', 'pending', 'succeeded', 'failed', 'declined')),
  origin text not null check (origin in ('office', 'processor', 'automatic')),
  reason text not null default '',
  sources jsonb not null default '[]',                       -- [{documentId, amountMinor}] what it is taken off; the rest comes from credit
  taken jsonb not null default '[]',                         -- the same part by part, as it was carried out
  cancels boolean not null default false,                    -- the charge is canceled with it, by a credit note
  gateway text,
  gateway_refund text,
  failure text not null default '',
  reference text not null default '',
  given_on date,
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text not null default '',
  decided_at timestamptz,
  sent_at timestamptz,                                       -- the first time it was handed over: from here on its key lives
  ended_at timestamptz,
  primary key (business_id, id)
);
create index refunds_payment on refunds (business_id, payment_id, asked_at);
create index refunds_open on refunds (business_id, asked_at) where state in ('waiting_second', 'requested', 'unknown', 'pending');
create unique index refunds_gateway on refunds (business_id, gateway, gateway_refund) where gateway_refund is not null;

create table disputes (
  business_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  customer_id uuid not null,
  gateway text not null,
  gateway_dispute text not null,
  state text not null check (state in ('open', 'won', 'lost')),
  amount_minor bigint not null check (amount_minor > 0),
  taken_minor bigint not null check (taken_minor >= 0),      -- of the payment; more than that is a loss
  fee_minor bigint not null default 0 check (fee_minor >= 0),
  currency text not null,
  reason text not null default '',
  answer_by timestamptz,
  taken jsonb not null default '[]',
  opened_at timestamptz not null,
  ended_at timestamptz,
  primary key (business_id, id),
  unique (business_id, gateway, gateway_dispute)
);
create index disputes_payment on disputes (business_id, payment_id);
create index disputes_open on disputes (business_id, opened_at) where state = 'open';

-- A credit note is a document of its own: lines and totals stand in the tables of all priced documents, written once like these.
create table credit_notes (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  invoice_id uuid not null,
  invoice_number text not null,
  series text not null,
  number text not null,
  number_seq bigint not null,
  issued_on date not null,
  currency text not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor > 0 and total_minor = net_minor + tax_minor),
  lowered_minor bigint not null check (lowered_minor >= 0),  -- of it: what was owed is less now
  freed_minor bigint not null check (freed_minor >= 0),      -- of it: had been paid, and became credit
  reason text not null,
  created_by text not null,
  facts text not null,                                       -- what page and paper show, as one text
  primary key (business_id, document_id),
  unique (business_id, series, number),
  check (lowered_minor + freed_minor = total_minor)
);
create index credit_notes_invoice on credit_notes (business_id, invoice_id);
create index credit_notes_list on credit_notes (business_id, issued_on desc, document_id desc);
create index credit_notes_customer on credit_notes (business_id, customer_id, issued_on desc);

alter table ledger drop constraint ledger_kind_check;
alter table ledger add constraint ledger_kind_check check (kind in ('issue', 'tax', 'cancel', 'cancel_tax', 'clear', 'allocate', 'unallocate', 'reverse', 'return',
  'refund', 'credit', 'write_off', 'opening', 'discount', 'discount_tax', 'deposit', 'cancel_deposit', 'apply_deposit', 'credit_deposit', 'refund_deposit',
  'dispute', 'dispute_fee', 'credit_note', 'credit_note_tax'));

alter table refunds add constraint refunds_payment foreign key (business_id, payment_id) references payments (business_id, id);
alter table refunds add constraint refunds_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table disputes add constraint disputes_payment foreign key (business_id, payment_id) references payments (business_id, id);
alter table disputes add constraint disputes_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table credit_notes add constraint credit_notes_document foreign key (business_id, document_id, customer_id, shown)
  references documents (business_id, id, customer_id, shown) on update cascade;
alter table credit_notes add constraint credit_notes_invoice foreign key (business_id, invoice_id) references documents (business_id, id);

do $$ declare t text; begin
  foreach t in array array['refunds', 'disputes', 'credit_notes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('grant select, insert on %I to office, system', t);
  end loop;
end $$;
grant update (state, taken, gateway_refund, failure, decided_by, decided_by_name, decided_at, sent_at, ended_at) on refunds to office, system;
grant update (state, taken, fee_minor, answer_by, ended_at) on disputes to office, system;

-- The customer reads what came back to them, of what they may see whole; why, and who decided, is the office's own.
create policy portal_read on refunds for select to portal
  using (business_id = app_business() and shown and customer_id = any (app_customers()) and (app_document() is null or document_id = app_document()));
grant select (business_id, id, payment_id, customer_id, document_id, shown, amount_minor, currency, method, state, origin, given_on, asked_at, sent_at, ended_at) on refunds to portal;
-- A credit note is read with its own link, and with that of its invoice.
create policy portal_read on credit_notes for select to portal using (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties()))
  and (app_document() is null or document_id = app_document() or invoice_id = app_document()));
grant select (business_id, document_id, customer_id, property_id, shown, invoice_id, invoice_number, series, number, issued_on, currency, net_minor, tax_minor, total_minor,
  lowered_minor, freed_minor, facts) on credit_notes to portal;
