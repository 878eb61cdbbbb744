-- The office's day: acts on many at once, filters with a name, who answers a question, what went out by post, how the office looks to each person.

create table batches (
  business_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('issue', 'send', 'show', 'pay', 'post', 'papers', 'archive', 'restore')),
  options jsonb not null default '{}',
  actor jsonb not null,                                      -- in whose name it is done; rights are asked again for each item
  staff_id uuid,                                             -- whose tray it is in
  state text not null check (state in ('held', 'running', 'done', 'stopped', 'undoing', 'undone')),
  total integer not null check (total > 0),
  starts_at timestamptz not null,                            -- held until then: what was stopped before it has done nothing at all
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (business_id, id)
);
create index batches_recent on batches (business_id, created_at desc, id desc);
create table batch_items (
  business_id uuid not null,
  batch_id uuid not null,
  position integer not null,
  thing_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused', 'undone', 'kept')),
  name text not null default '',                             -- a number or a name, to tell it by
  code text not null default '',                             -- why not
  result_id uuid,                                            -- what it made, for the way back
  primary key (business_id, batch_id, position),
  unique (business_id, batch_id, thing_id)
);
create index batch_items_state on batch_items (business_id, batch_id, state, position);
alter table batch_items add constraint batch_items_batch foreign key (business_id, batch_id) references batches (business_id, id);

create table saved_filters (
  business_id uuid not null,
  id uuid not null,
  list text not null check (list in ('invoices', 'customers', 'payments')),
  name text not null,
  filter jsonb not null,                                     -- the words of the address, by name
  staff_id uuid,                                             -- null: everybody's
  position integer not null,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index saved_filters_list on saved_filters (business_id, list, position, id);

alter table threads add column assignee_id uuid;             -- the colleague who answers; null: whoever comes first
create index threads_assignee on threads (business_id, assignee_id, last_at) where assignee_id is not null;
create index threads_recent on threads (business_id, last_at desc, id desc);
create table thread_reads (
  business_id uuid not null,
  thread_id uuid not null,
  staff_id uuid not null,
  read_at timestamptz not null,
  primary key (business_id, thread_id, staff_id)
);
alter table thread_reads add constraint thread_reads_thread foreign key (business_id, thread_id) references threads (business_id, id);
create table reply_snippets (
  business_id uuid not null,
  id uuid not null,
  title text not null,
  body text not null,
  created_at timestamptz not null,
  primary key (business_id, id)
);

alter table invoice_standings add column posted_on date;     -- put in an envelope and mailed

-- One person, one look, in every business they work in.
alter table identities add column theme text not null default 'auto' check (theme in ('light', 'dark', 'auto'));

do $$ declare t text; begin
  foreach t in array array['batches', 'batch_items', 'saved_filters', 'thread_reads', 'reply_snippets'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
grant select, insert on batches, batch_items, saved_filters, thread_reads, reply_snippets to office, system;
grant update (state, starts_at, finished_at) on batches to office, system;
grant update (state, name, code, result_id) on batch_items to office, system;
grant update (name, filter, staff_id, position) on saved_filters to office;
grant update (read_at) on thread_reads to office;
grant update (title, body) on reply_snippets to office;
grant delete on saved_filters, reply_snippets to office;

-- Payments are found like everything else: by receipt, reference and amount. Those of before are entered here, as their verbs do from now on.
alter table payments no force row level security;
alter table search_terms no force row level security;
insert into search_terms (business_id, term, kind, id, customer_id)
  select distinct p.business_id, left(w.term, 60), 'payment', p.id, p.customer_id
  from payments p cross join lateral (
    select unnest(regexp_split_to_array(lower(p.reference), '[^[:alnum:]]+')) as term
    union all select lower(p.receipt_number)
    union all select regexp_replace(lower(p.receipt_number), '[^[:alnum:]]', '', 'g')
    union all select substring(p.receipt_number from '[0-9]+$')
    union all select ltrim(substring(p.receipt_number from '[0-9]+$'), '0')
    union all select case
      when p.currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then p.amount_minor::text
      when p.currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then (p.amount_minor / 1000)::text || '.' || lpad((p.amount_minor % 1000)::text, 3, '0')
      else (p.amount_minor / 100)::text || '.' || lpad((p.amount_minor % 100)::text, 2, '0') end) w
  where p.receipt_number is not null and w.term is not null and w.term <> ''
  on conflict do nothing;
alter table payments force row level security;
alter table search_terms force row level security;

select limit_crew();
