-- Reminders of unpaid invoices, invoices that leave later, and who asked for no more reminders.

create table reminder_rules (
  business_id uuid not null primary key,
  version integer not null default 1,
  active boolean not null default false,
  since date,                                    -- steps of an earlier day are left alone; null: bills that were late already are reminded too
  history boolean not null default false,        -- imported invoices too
  send_hour integer not null default 9 check (send_hour between 0 and 23),
  weekdays_only boolean not null default true,
  most integer not null default 5 check (most between 1 and 20),
  steps jsonb not null,                          -- [{id, offsetDays, tone, texts: {en: {subject, text}, …}}]
  last_round_on date,                            -- the business's day whose round was begun
  updated_at timestamptz not null
);
alter table reminder_rules add constraint reminder_rules_business foreign key (business_id) references businesses (id);

-- What was switched on for one customer beyond the rules: their imported invoices, and from which day on.
create table reminder_customers (
  business_id uuid not null,
  customer_id uuid not null,
  history boolean not null default false,
  since date,
  updated_at timestamptz not null,
  primary key (business_id, customer_id)
);
alter table reminder_customers add constraint reminder_customers_customer foreign key (business_id, customer_id) references customers (business_id, id);

create table reminder_invoices (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  off boolean not null default false,
  paused_until date,                             -- the first day on which it may be reminded again
  updated_at timestamptz not null,
  primary key (business_id, document_id)
);
alter table reminder_invoices add constraint reminder_invoices_document foreign key (business_id, document_id) references documents (business_id, id);

-- One row for each bill and step: a step is sent or skipped once. What is dropped before it left may be decided again.
create table reminders (
  business_id uuid not null,
  id uuid not null,
  batch_id uuid not null,                        -- bills reminded together
  document_id uuid not null,
  customer_id uuid not null,
  step text not null,
  outcome text not null check (outcome in ('queued', 'sent', 'dropped', 'skipped')),
  reason text not null default '',
  day date not null,                             -- steps up to this day are over
  at timestamptz not null,
  by_name text not null,
  primary key (business_id, id)
);
alter table reminders add constraint reminders_document foreign key (business_id, document_id) references documents (business_id, id);
create unique index reminders_once on reminders (business_id, document_id, step) where outcome <> 'dropped';
create index reminders_document_at on reminders (business_id, document_id, at);
create index reminders_customer_at on reminders (business_id, customer_id, at);
create index reminders_batch on reminders (business_id, batch_id);

-- Who asked for no more mails of a kind. Bills, receipts and codes are no such kind.
create table mail_stops (
  business_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('reminders')),
  stopped_at timestamptz not null,
  resumed_at timestamptz,
  via text not null check (via in ('mail', 'one_click', 'portal', 'office')),
  primary key (business_id, person_id, kind)
);
alter table mail_stops add constraint mail_stops_person foreign key (business_id, person_id) references people (business_id, id);

-- A draft that leaves by itself: it has no number until it does.
create table invoice_schedules (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  send_on date not null,
  send_hour integer not null check (send_hour between 0 and 23),
  send_at timestamptz not null,                  -- that hour in the business's time zone
  person_ids uuid[] not null,
  note text not null default '',
  scheduled_by text not null,
  created_at timestamptz not null,
  failed_at timestamptz,
  failure text not null default '',              -- code of the refusal
  primary key (business_id, document_id)
);
alter table invoice_schedules add constraint invoice_schedules_document foreign key (business_id, document_id) references documents (business_id, id) on delete cascade;
create index invoice_schedules_due on invoice_schedules (business_id, send_at, document_id) where failed_at is null;
create index invoice_schedules_failed on invoice_schedules (business_id, failed_at) where failed_at is not null;

-- When a customer last asked, paid or had a payment sent back.
create index messages_customer on messages (business_id, customer_id, at) where not from_office;
create index messages_document on messages (business_id, document_id, at) where document_id is not null;

do $$ declare t text; begin
  foreach t in array array['reminder_rules', 'reminder_customers', 'reminder_invoices', 'reminders', 'mail_stops', 'invoice_schedules'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
create policy portal_self on mail_stops for all to portal
  using (business_id = app_business() and person_id = any (app_people())) with check (business_id = app_business() and person_id = any (app_people()));

grant select, insert on reminder_rules, reminder_customers, reminder_invoices, reminders, mail_stops, invoice_schedules to office, system;
grant update (version, active, since, history, send_hour, weekdays_only, most, steps, last_round_on, updated_at) on reminder_rules to office, system;
grant update (history, since, updated_at) on reminder_customers to office, system;
grant update (off, paused_until, updated_at) on reminder_invoices to office, system;
grant update (outcome, reason, day, at) on reminders to office, system;
grant update (stopped_at, resumed_at, via) on mail_stops to office, system;
grant update (send_on, send_hour, send_at, person_ids, note, scheduled_by, created_at, failed_at, failure, customer_id) on invoice_schedules to office, system;
grant delete on invoice_schedules to office, system;
grant select, insert on mail_stops to portal;
grant update (stopped_at, resumed_at, via) on mail_stops to portal;
