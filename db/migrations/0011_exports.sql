-- What leaves a business as files, how its books are called elsewhere, and how data goes for good.

-- A file asked for: made by a task, kept for a week, each download asked anew.
create table exports (
  business_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('customers', 'people', 'properties', 'invoices', 'invoice_lines', 'payments', 'payment_shares', 'credits', 'events',
    'price_book', 'journal_quickbooks', 'journal_xero', 'archive', 'subject')),
  from_on date,                                              -- of what a period applies to; null: everything
  to_on date,
  customer_id uuid,                                          -- of a subject's export
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'ended')),
  rows_done bigint not null default 0,
  rows_total bigint,
  file_name text not null,
  content_type text not null,
  sha256 bytea,
  bytes bigint,
  asked_by text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  ends_at timestamptz,                                       -- the bytes are removed then
  primary key (business_id, id),
  check ((state = 'done') = (sha256 is not null))
);
create index exports_kept on exports (business_id, ends_at) where state = 'done';

-- What the accounts of the ledger are called in a bookkeeper's program.
create table journal_settings (
  business_id uuid not null primary key,
  version integer not null default 1,
  names jsonb not null,                                      -- {account: {quickbooks, xero}}
  xero_tax_rate text not null,
  updated_at timestamptz not null
);

-- Whose personal data was erased. `words` are what is still to be looked for in the events; emptied once that is done.
create table erasures (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid,
  person_ids uuid[] not null,
  words text[] not null,
  asked_by text not null,
  asked_at timestamptz not null,
  done_at timestamptz,
  primary key (business_id, id)
);
create index erasures_open on erasures (business_id, asked_at) where done_at is null;
-- Events whose personal data was taken out: the chain runs on through them, and what is left of them is held to this hash instead.
create table erased_events (
  business_id uuid not null,
  seq bigint not null,
  erasure_id uuid not null,
  content_hash bytea not null,
  erased_at timestamptz not null,
  primary key (business_id, seq)
);

-- A business that is closing: its portal only shows until `ends_on` has passed, then everything of it is removed by who hosts it.
create table closings (
  business_id uuid not null primary key,
  asked_by text not null,
  asked_at timestamptz not null,
  ends_at timestamptz not null
);

alter table exports add constraint exports_business foreign key (business_id) references businesses (id);
alter table exports add constraint exports_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table journal_settings add constraint journal_settings_business foreign key (business_id) references businesses (id);
alter table erasures add constraint erasures_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table erased_events add constraint erased_events_event foreign key (business_id, seq) references events (business_id, seq);
alter table closings add constraint closings_business foreign key (business_id) references businesses (id);

do $$ declare t text; begin
  foreach t in array array['exports', 'journal_settings', 'erasures', 'erased_events', 'closings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
create policy portal_own on closings for select to portal using (business_id = app_business());
grant select, insert on exports, journal_settings, erasures, closings to office, system;
grant select on erased_events to office;
-- Only the owner of the tables can change an event; the system writes this down for an archive that is brought in.
grant select, insert on erased_events to system;
grant update (state, rows_done, rows_total, file_name, sha256, bytes, finished_at, ends_at) on exports to office, system;
grant update (version, names, xero_tax_rate, updated_at) on journal_settings to office, system;
grant update (words, done_at) on erasures to system;
grant delete on closings to office, system;
grant select on closings to portal;

-- As before, and: what is left of an event whose personal data was erased must be what was left of it then.
create or replace function broken_event(p_business uuid) returns bigint language sql stable as $$
  select min(chain.seq) from (
    select seq, prev_hash, hash, lag(hash, 1, '\x'::bytea) over (order by seq) as before, lag(seq, 1, 0::bigint) over (order by seq) as seq_before,
      event_hash_of(prev_hash, seq, id, at, actor_kind, actor_id, actor_name, kind, customer_id, document_id, property_id, shown, data, request_id) as computed
    from events where business_id = p_business) chain
  left join erased_events e on e.business_id = p_business and e.seq = chain.seq
  where prev_hash <> before or coalesce(e.content_hash, hash) <> computed or chain.seq <> seq_before + 1 $$;

-- Erasing reaches what is kept to answer the same question twice, and what customers wrote.
grant update (body, author_name) on messages to office, system;
grant update (subject) on threads to office, system;
grant update (note) on announced_payments to office, system;
grant update (sent_to) on links to office, system;
