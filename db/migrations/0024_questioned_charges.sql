-- Questions on charges: an amount the customer asks about, which nothing reminds of or charges for until the office has answered.
create table questioned_charges (
  business_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,                                          -- of the line or part; null: the whole of several
  shown boolean not null default true,
  line_id uuid,                                              -- null: the whole of what the asker sees
  line_name text not null default '',
  thread_id uuid not null,
  amount_minor bigint not null check (amount_minor between 1 and 99999999999),
  currency text not null,
  reason text not null check (reason in ('not_done', 'quality', 'amount', 'already_paid', 'unknown', 'other')),
  person_id uuid,                                            -- null: whoever holds a link the office handed over
  person_name text not null default '',
  opened_at timestamptz not null,
  ended_at timestamptz,
  ending text check (ending in ('explanation', 'change', 'credit', 'withdrawn', 'paid')),
  answer text not null default '',
  answer_document_id uuid,                                   -- the document the answer is: what took its place, or a credit note
  ended_by_name text not null default '',
  reminders_from date,                                       -- after an answer: no reminder and no late fee before this day
  primary key (business_id, id),
  check ((ended_at is null) = (ending is null)),
  check (reminders_from is null or ended_at is not null)
);
-- One open question on each line, and one on the whole or on each part of it.
create unique index questioned_charges_one on questioned_charges (business_id, document_id, coalesce(line_id, property_id, document_id)) where ended_at is null;
create index questioned_charges_document on questioned_charges (business_id, document_id);
create index questioned_charges_thread on questioned_charges (business_id, thread_id);
create index questioned_charges_open on questioned_charges (business_id, opened_at, id) where ended_at is null;
create index questioned_charges_listed on questioned_charges (business_id, opened_at desc, id desc);

alter table questioned_charges add constraint questioned_charges_document foreign key (business_id, document_id) references documents (business_id, id);
alter table questioned_charges add constraint questioned_charges_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table questioned_charges add constraint questioned_charges_thread foreign key (business_id, thread_id) references threads (business_id, id);
alter table questioned_charges add constraint questioned_charges_answer foreign key (business_id, answer_document_id) references documents (business_id, id);

alter table questioned_charges enable row level security;
alter table questioned_charges force row level security;
create policy office_own on questioned_charges for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on questioned_charges for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_read on questioned_charges for select to portal using (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on questioned_charges for insert to portal with check (business_id = app_business() and shown and ended_at is null
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
-- The portal may take a question back, and answer nothing.
create policy portal_move on questioned_charges for update to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))
  with check (business_id = app_business() and shown and ending is not distinct from 'withdrawn' and reminders_from is null
    and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
grant select, insert on questioned_charges to office, system, portal;
grant update (ended_at, ending, answer, answer_document_id, ended_by_name, reminders_from) on questioned_charges to office, system;
grant update (ended_at, ending, ended_by_name) on questioned_charges to portal;
-- The amount in question is repeated on the standing, as an announcement is.
grant update (in_question_minor) on invoice_standings to portal;
