-- Who gets a statement of an account by mail on the first of each month. Ending it is a stop of its kind, as with reminders.
create table statement_mails (
  business_id uuid not null,
  person_id uuid not null,
  customer_id uuid not null,
  next_on date not null,                                     -- the first of the month that is next, in the business's calendar; the month before it is told
  started_at timestamptz not null,
  primary key (business_id, person_id, customer_id)
);
alter table statement_mails add constraint statement_mails_person foreign key (business_id, person_id) references people (business_id, id);
alter table statement_mails add constraint statement_mails_customer foreign key (business_id, customer_id) references customers (business_id, id);
create index statement_mails_next on statement_mails (business_id, next_on);

alter table statement_mails enable row level security;
alter table statement_mails force row level security;
create policy office_own on statement_mails for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on statement_mails for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_self on statement_mails for all to portal
  using (business_id = app_business() and person_id = any (app_people()))
  with check (business_id = app_business() and person_id = any (app_people()) and customer_id = any (app_accounts()));
grant select, insert on statement_mails to office, system, portal;
grant update (next_on, started_at) on statement_mails to office, system, portal;
grant delete on statement_mails to office, system;

alter table mail_stops drop constraint mail_stops_kind_check;
alter table mail_stops add constraint mail_stops_kind_check check (kind in ('reminders', 'statements'));
