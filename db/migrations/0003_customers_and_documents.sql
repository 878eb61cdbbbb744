-- Customers, their people and properties, the price book, and the documents between business and customer.

create table customers (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  kind text not null check (kind in ('residential', 'commercial', 'property_manager')),
  name text not null,
  sort_name text collate "C" not null generated always as (lower(name)) stored,
  company text not null default '',
  billing_address jsonb not null default '{}',
  language text not null default 'en',
  terms_days integer check (terms_days between 0 and 365),   -- null: the business's own
  tax_exempt boolean not null default false,
  tax_exempt_note text not null default '',
  po_required boolean not null default false,
  notes text not null default '',                            -- internal, never shown
  reminders boolean not null default true,
  import_key text,                                           -- what an import recognises it by
  import_id uuid,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, import_key)
);
create index customers_name on customers (business_id, sort_name, id);

create table properties (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  customer_id uuid not null,
  code text not null default '',
  name text not null default '',
  unit text not null default '',
  address jsonb not null default '{}',
  access_notes text not null default '',
  tax_rate_id uuid,
  import_key text,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, id, customer_id),
  unique (business_id, customer_id, import_key)
);
create index properties_customer on properties (business_id, customer_id);

-- A contact is a person of the business with grants. Nothing compares e-mails to decide access.
create table people (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  name text not null,
  email text not null default '',
  phone text not null default '',
  language text not null default 'en',
  shared_mailbox boolean not null default false,
  identity_id uuid,
  verified_at timestamptz,                                   -- the address was proven by a code
  bounced_at timestamptz,
  email_changed_at timestamptz,
  removed_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index people_identity on people (business_id, identity_id);

create table grants (
  business_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  customer_id uuid not null,
  property_id uuid,                                          -- null: all properties of the customer
  can_view boolean not null default true,
  can_ask boolean not null default true,
  can_pay boolean not null default true,
  approve_limit_minor bigint not null default 0 check (approve_limit_minor >= 0),
  can_manage boolean not null default false,
  bills boolean not null default false,                      -- receives invoices by default
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (business_id, id)
);
create index grants_person on grants (business_id, person_id);
create index grants_customer on grants (business_id, customer_id);

create table tax_rates (
  business_id uuid not null,
  id uuid not null,
  name text not null,
  components jsonb not null,                                 -- [{name, ratePpm}]
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create table items (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  name text not null,
  description text not null default '',
  unit text not null default '',
  unit_price_milli bigint not null check (abs(unit_price_milli) <= 99999999999000),
  tax_rate_id uuid,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id)
);

-- The parent of every paper between the two: links, files, events, mails, threads and evidence hang on it.
create table documents (
  business_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'estimate', 'change_order', 'credit_note', 'statement', 'agreement')),
  customer_id uuid not null,
  property_id uuid,                                          -- null: none, or several
  language text not null default 'en',
  created_at timestamptz not null,
  issued_at timestamptz,
  shown_at timestamptz,
  shown boolean not null default false check (shown = (shown_at is not null)),
  canceled_at timestamptz,
  cancel_reason text not null default '',
  revision_of uuid,
  replaces uuid,
  replaced_by uuid,
  import_id uuid,
  touched_at timestamptz,                                    -- updated only to lock the row
  primary key (business_id, id),
  unique (business_id, id, customer_id, shown),
  check (shown_at is null or issued_at is not null)
);
create index documents_customer on documents (business_id, customer_id, id);

create table drafts (
  business_id uuid not null,
  document_id uuid not null,
  version integer not null default 1,
  body jsonb not null,
  totals jsonb not null,                                     -- as core/totals added them up at the last save
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (business_id, document_id)
);

-- Frozen at issue: insert and read only.
create table document_totals (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  currency text not null,
  prices_include_tax boolean not null,
  tax_exempt boolean not null,
  discount jsonb,                                            -- as entered
  subtotal_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor between 0 and 99999999999 and total_minor = net_minor + tax_minor),
  primary key (business_id, document_id)
);
create table document_taxes (
  business_id uuid not null,
  document_id uuid not null,
  position integer not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  rate_id uuid not null,
  name text not null,
  rate_ppm bigint not null,
  taxable_minor bigint not null,
  tax_minor bigint not null,
  components jsonb not null,
  primary key (business_id, document_id, position)
);
create table document_parts (
  business_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  position integer not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  title text not null,
  address jsonb not null default '{}',
  number text not null,                                      -- so that a part can be shown alone
  currency text not null,
  issued_on date not null,
  due_on date not null,
  subtotal_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor = net_minor + tax_minor),
  taxes jsonb not null,
  primary key (business_id, id),
  unique (business_id, document_id, id)
);
create index document_parts_document on document_parts (business_id, document_id, position);
create index document_parts_property on document_parts (business_id, property_id) where property_id is not null;
create table document_lines (
  business_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  part_id uuid not null,
  position integer not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  item_id uuid,
  name text not null,
  description text not null default '',
  service_on date,
  quantity_milli bigint not null,
  unit text not null default '',
  unit_price_milli bigint not null,
  discount jsonb,
  gross_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  document_discount_minor bigint not null,
  tax_rate_id uuid,
  tax_name text not null default '',
  primary key (business_id, document_id, id)
);
create index document_lines_order on document_lines (business_id, document_id, position);
create table invoices (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  series text not null,
  number text not null,
  number_seq bigint,                                         -- null: an imported number
  issued_on date not null,
  due_on date not null,
  seller jsonb not null,                                     -- as it was: name, address, phone, e-mail, license line
  bill_to jsonb not null,
  customer_kind text not null,
  po_number text not null default '',
  work_order_number text not null default '',
  terms text not null default '',
  message text not null default '',
  internal_note text not null default '',
  primary key (business_id, document_id),
  unique (business_id, series, number)
);
-- What the page and the PDF of an issued invoice show and no longer changes, as the one text they read. Made from the rows above when these are written.
create table document_facts (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  plain boolean not null,                                    -- one part, and in nobody's place
  facts text not null,
  primary key (business_id, document_id)
);
create unique index invoices_number_seq on invoices (business_id, series, number_seq) where number_seq is not null;

-- The standing of an invoice, draft or issued: the stored running balance that must equal the ledger, and what lists are made of.
create table invoice_standings (
  business_id uuid not null,
  document_id uuid not null,
  version integer not null default 1,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default false,
  imported boolean not null default false,
  state text not null default 'draft' check (state in ('draft', 'scheduled', 'issued')),
  number text,
  customer_name text not null,
  po_number text not null default '',
  currency text not null,
  listed_on date not null,                                   -- issued on, or the day a draft was begun
  issued_on date,
  due_on date,
  total_minor bigint not null,
  credited_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  canceled_minor bigint not null default 0,
  written_off_minor bigint not null default 0,
  processing_minor bigint not null default 0,
  unknown_minor bigint not null default 0,
  announced_minor bigint not null default 0,
  announced_for date,
  in_question_minor bigint not null default 0,
  held_back_minor bigint not null default 0,
  due_later_minor bigint not null default 0,
  balance_minor bigint not null generated always as (total_minor - credited_minor - paid_minor - canceled_minor - written_off_minor) stored,
  started_on date,                                           -- the day the latest payment was started: judges "on time"
  returned boolean not null default false,                   -- a bank sent the last payment back, and nothing happened since
  canceled_at timestamptz,
  replaced_by_number text,
  closed_at timestamptz,
  settled_at timestamptz,                                    -- when the balance last reached zero
  sent_at timestamptz,
  last_mailed_at timestamptz,
  opened_at timestamptz,
  delivery text not null default 'none' check (delivery in ('none', 'queued', 'sent', 'bounced')),
  primary key (business_id, document_id),
  check (total_minor between 0 and 99999999999),
  check (credited_minor >= 0 and paid_minor >= 0 and canceled_minor >= 0 and written_off_minor >= 0 and processing_minor >= 0 and unknown_minor >= 0),
  check (credited_minor + paid_minor + canceled_minor + written_off_minor <= total_minor)
);
create index invoice_standings_list on invoice_standings (business_id, listed_on desc, document_id desc);
create index invoice_standings_customer on invoice_standings (business_id, customer_id, listed_on desc, document_id desc);
create index invoice_standings_open on invoice_standings (business_id, due_on, document_id)
  include (balance_minor, processing_minor, unknown_minor, announced_minor, announced_for, in_question_minor, held_back_minor, due_later_minor, closed_at, customer_id)
  where balance_minor > 0 and state = 'issued';
-- What one customer owes, first due first: the first page of their account, however much they paid before.
create index invoice_standings_owed on invoice_standings (business_id, customer_id, due_on, document_id) where balance_minor > 0 and state = 'issued';
create index invoice_standings_needs_you on invoice_standings (business_id, listed_on desc, document_id desc)
  where state = 'issued' and (returned or delivery = 'bounced' or unknown_minor > 0 or announced_minor > 0);
create index invoice_standings_draft on invoice_standings (business_id, listed_on desc, document_id desc) where state <> 'issued';
create index invoice_standings_settled on invoice_standings (business_id, listed_on desc, document_id desc) where balance_minor = 0 and state = 'issued';

create table part_standings (
  business_id uuid not null,
  part_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  total_minor bigint not null,
  credited_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  canceled_minor bigint not null default 0,
  written_off_minor bigint not null default 0,
  processing_minor bigint not null default 0,
  primary key (business_id, part_id),
  check (credited_minor + paid_minor + canceled_minor + written_off_minor <= greatest(total_minor, 0))
);
create index part_standings_document on part_standings (business_id, document_id);
create index part_standings_property on part_standings (business_id, property_id) where property_id is not null;

-- An issued invoice never changes. Missing grants say so for the frozen tables; this says so for the standing's frozen columns.
create function refuse_frozen_standing() returns trigger language plpgsql as $$
begin
  if old.state = 'issued' and (new.state, new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported)
     is distinct from (old.state, old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported) then
    raise exception 'an issued invoice never changes' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger invoice_standings_frozen before update on invoice_standings for each row execute function refuse_frozen_standing();

create table file_refs (
  business_id uuid not null,
  id uuid not null,
  sha256 bytea not null,
  purpose text not null check (purpose in ('pdf', 'part_pdf', 'attachment', 'photo', 'logo', 'import', 'rejected')),
  name text not null,
  document_id uuid,
  customer_id uuid,
  property_id uuid,
  shown boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (business_id, id)
);
-- The PDF of an issued document is written once; the first one stays.
create unique index file_refs_pdf on file_refs (business_id, document_id) where purpose = 'pdf';
create unique index file_refs_part_pdf on file_refs (business_id, document_id, property_id) where purpose = 'part_pdf';
create index file_refs_document on file_refs (business_id, document_id) where document_id is not null;

-- A link opens one document for one person. Only the hash of its token is kept.
create table links (
  business_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  person_id uuid,                                            -- null: handed over by the office itself
  token_hash bytea not null,
  sent_to text not null default '',                          -- the address as it was; shown masked
  created_at timestamptz not null,
  created_by text not null,
  last_mailed_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (business_id, id),
  unique (business_id, token_hash)
);
create index links_document on links (business_id, document_id);
create index links_person on links (business_id, person_id) where person_id is not null;

create table mails (
  business_id uuid not null,
  id uuid not null,
  kind text not null,
  once text not null,                                        -- one mail per (document, kind, recipient, step)
  customer_id uuid,
  document_id uuid,
  person_id uuid,
  link_id uuid,
  to_address text not null,
  to_name text not null default '',
  locale text not null default 'en',
  facts jsonb not null default '{}',                         -- what the template needs; never a token or a code
  subject text not null default '',
  message_id text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'kept', 'bounced', 'failed')),
  reason text not null default '',
  tries integer not null default 0,
  claimed_at timestamptz,                                    -- when the running try began
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (business_id, id),
  unique (business_id, once)
);
create index mails_document on mails (business_id, document_id) where document_id is not null;
create index mails_recent on mails (business_id, created_at desc);

create table threads (
  business_id uuid not null,
  id uuid not null,
  document_id uuid,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default true,
  line_id uuid,
  subject text not null default '',
  opened_at timestamptz not null,
  last_at timestamptz not null,
  waiting_for text not null check (waiting_for in ('office', 'customer', 'nobody')),
  primary key (business_id, id),
  unique (business_id, id, customer_id)
);
create index threads_waiting on threads (business_id, last_at) where waiting_for = 'office';
create index threads_document on threads (business_id, document_id) where document_id is not null;
create table messages (
  business_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  document_id uuid,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default true,
  from_office boolean not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  at timestamptz not null,
  primary key (business_id, id)
);
create index messages_thread on messages (business_id, thread_id, at);

create table imports (
  business_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('customers', 'invoices')),
  file_name text not null,
  check_only boolean not null default false,                 -- read and judged, nothing added
  columns jsonb not null default '[]',                       -- what each column was taken for
  state text not null check (state in ('running', 'done', 'failed')),
  rows_read integer not null default 0,
  added integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  problems jsonb not null default '[]',                      -- the first ones, [{row, column, code, value}]
  rejected_sha256 bytea,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (business_id, id)
);
