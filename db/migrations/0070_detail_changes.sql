-- What customers change of their billing details: taken at once, or when the office has looked at it.

alter table business_profiles add column review_details boolean not null default true;  -- names and addresses wait; tax exemption always does
grant select (tax_exempt_note) on customers to portal;

create table detail_changes (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  person_id uuid,
  person_name text not null default '',
  asked jsonb not null,                                      -- what it shall be: only what differs
  before jsonb not null,                                     -- what it was, under the same names
  state text not null check (state in ('waiting', 'taken', 'accepted', 'refused', 'replaced')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text not null default '',
  words text not null default '',                            -- of the office, when it refused
  primary key (business_id, id),
  check ((state = 'waiting') = (decided_at is null))
);
create unique index detail_changes_one on detail_changes (business_id, customer_id) where state = 'waiting';
create index detail_changes_listed on detail_changes (business_id, asked_at desc, id desc);
create index detail_changes_customer on detail_changes (business_id, customer_id, asked_at desc);

alter table detail_changes add constraint detail_changes_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table detail_changes add constraint detail_changes_person foreign key (business_id, person_id) references people (business_id, id);

alter table detail_changes enable row level security;
alter table detail_changes force row level security;
create policy office_own on detail_changes for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on detail_changes for all to system using (business_id = app_business()) with check (business_id = app_business());
-- Of the account as a whole, never by the link of a document; the portal decides nothing but to ask for something else instead.
create policy portal_read on detail_changes for select to portal using (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null);
create policy portal_add on detail_changes for insert to portal with check (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null
  and state in ('waiting', 'taken') and person_id = any (app_people()));
create policy portal_move on detail_changes for update to portal using (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null)
  with check (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null and state = 'replaced');
grant select, insert on detail_changes to office, system, portal;
grant update (state, asked, decided_at, decided_by_name, words) on detail_changes to office, system;
grant update (state, decided_at) on detail_changes to portal;
