-- Change orders: estimates that change what was agreed with another one, under its number. And the contract: what was agreed first, the changes
-- approved since, what was billed of it.

alter table estimates add column amends_id uuid;             -- of a change order: the first version of the estimate it changes
alter table estimate_standings add column amends_id uuid;
alter table estimate_standings add constraint estimate_standings_amends foreign key (business_id, amends_id) references documents (business_id, id);
create index estimate_standings_amends on estimate_standings (business_id, amends_id, document_id) where amends_id is not null;
grant select (amends_id) on estimates, estimate_standings to portal;

-- A change order may take away more than it adds: then it lowers the contract.
do $$ declare c record; begin
  for c in select conrelid::regclass as held, conname from pg_constraint where contype = 'c' and
    ((conrelid = 'document_totals'::regclass and pg_get_constraintdef(oid) like '%total_minor >= 0%')
      or (conrelid = 'estimate_standings'::regclass and pg_get_constraintdef(oid) like any (array['%total_minor >= 0%', '%chosen_minor%']))) loop
    execute format('alter table %s drop constraint %I', c.held, c.conname);
  end loop;
end $$;
alter table document_totals add constraint document_totals_total check (total_minor between -99999999999 and 99999999999 and total_minor = net_minor + tax_minor);
alter table estimate_standings
  add constraint estimate_standings_total check (total_minor between -99999999999 and 99999999999 and (total_minor >= 0 or amends_id is not null)),
  add constraint estimate_standings_chosen check (chosen_minor between -99999999999 and 99999999999 and (chosen_minor >= 0 or amends_id is not null)),
  add constraint estimate_standings_deposit check (deposit_minor between 0 and greatest(chosen_minor, 0));

create table contracts (
  business_id uuid not null,
  id uuid not null,                                          -- the first version of the estimate
  customer_id uuid not null,
  property_id uuid,
  documents uuid[] not null,                                 -- versions and change orders: by a link to one of them the contract is seen
  estimate_id uuid not null,                                 -- the version that was approved last
  number text not null,
  currency text not null,
  stands boolean not null,                                   -- false once the approval was taken back
  original_minor bigint not null check (original_minor between 0 and 99999999999),
  changes_minor bigint not null default 0,                   -- of the change orders that stand approved
  change_count integer not null default 0 check (change_count >= 0),
  last_change integer not null default 0 check (last_change >= 0),   -- the number of the newest change order
  version integer not null default 1,
  primary key (business_id, id)
);
alter table contracts add constraint contracts_document foreign key (business_id, id) references documents (business_id, id);
alter table contracts add constraint contracts_customer foreign key (business_id, customer_id) references customers (business_id, id);
create index contracts_customer on contracts (business_id, customer_id);

alter table contracts enable row level security;
alter table contracts force row level security;
create policy office_own on contracts for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on contracts for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_read on contracts for select to portal using (business_id = app_business()
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or app_document() = any (documents)));
create policy portal_add on contracts for insert to portal with check (business_id = app_business()
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or app_document() = any (documents)));
create policy portal_move on contracts for update to portal using (business_id = app_business()
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or app_document() = any (documents)))
  with check (business_id = app_business()
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or app_document() = any (documents)));
grant select, insert, update on contracts to office, system;
grant select, insert on contracts to portal;
grant update (estimate_id, stands, original_minor, changes_minor, change_count, version) on contracts to portal;

-- What was approved so far.
alter table contracts no force row level security;
alter table estimates no force row level security;
alter table estimate_standings no force row level security;
insert into contracts (business_id, id, customer_id, property_id, documents, estimate_id, number, currency, stands, original_minor)
  select s.business_id, e.root_id, s.customer_id, s.property_id, array[s.document_id], s.document_id, s.number, s.currency, true, s.chosen_minor
    from estimate_standings s join estimates e on e.business_id = s.business_id and e.document_id = s.document_id
    where s.state = 'approved';
alter table contracts force row level security;
alter table estimates force row level security;
alter table estimate_standings force row level security;
