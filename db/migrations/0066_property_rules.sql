-- What a property says of itself: whose it is, what its costs are booked under, and whether its access notes are for the customer's people too.
alter table properties add column owner_name text not null default '';
alter table properties add column cost_code text not null default '';
alter table properties add column access_notes_shown boolean not null default false;
-- What the customer's people may read of them. The notes themselves stay with the office and crew.
alter table properties add column shown_access_notes text not null generated always as (case when access_notes_shown then access_notes else '' end) stored;
revoke select on properties from portal;
grant select (business_id, id, version, customer_id, code, name, unit, address, shown_access_notes, access_notes_shown, owner_name, cost_code, tax_rate_id, archived_at,
  created_at) on properties to portal;

-- Its rules, beside it: whoever decides on one document must know them, and sees no property from there.
create table property_rules (
  business_id uuid not null,
  property_id uuid not null,
  customer_id uuid not null,
  owner_person_id uuid,                                      -- the owner, when they are one of the customer's people
  nte_minor bigint check (nte_minor >= 0),                   -- above it whoever looks after this property only recommends; null: no limit of its own
  po_required boolean,                                       -- null: as the customer
  primary key (business_id, property_id)
);
alter table property_rules add constraint property_rules_property foreign key (business_id, property_id, customer_id)
  references properties (business_id, id, customer_id);
alter table property_rules add constraint property_rules_owner foreign key (business_id, owner_person_id) references people (business_id, id);

alter table property_rules enable row level security;
alter table property_rules force row level security;
create policy office_own on property_rules for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on property_rules for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_read on property_rules for select to portal
  using (business_id = app_business() and (customer_id = any (app_customers()) or property_id = any (app_properties())));
grant select, insert, update (owner_person_id, nte_minor, po_required) on property_rules to office, system;
grant select on property_rules to portal;
