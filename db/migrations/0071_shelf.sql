-- The shelf: papers that stand beside the bills (certificates of insurance, tax forms, contracts, waivers), for one customer or for all.

create table shelf_papers (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid,                                          -- null: for all customers
  property_id uuid,                                          -- null: for whoever sees the whole account
  kind text not null check (kind in ('insurance', 'tax_form', 'contract', 'lien_waiver', 'license', 'other')),
  title text not null,
  sha256 bytea not null,
  name text not null,
  expires_on date,
  added_at timestamptz not null,
  added_by text not null,
  removed_at timestamptz,
  primary key (business_id, id),
  check (property_id is null or customer_id is not null)
);
create index shelf_papers_customer on shelf_papers (business_id, customer_id) where removed_at is null;
create index shelf_papers_expiring on shelf_papers (business_id, expires_on) where removed_at is null and expires_on is not null;

alter table shelf_papers add constraint shelf_papers_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table shelf_papers add constraint shelf_papers_property foreign key (business_id, property_id) references properties (business_id, id);
alter table shelf_papers add constraint shelf_papers_file foreign key (business_id, sha256) references files (business_id, sha256);

alter table shelf_papers enable row level security;
alter table shelf_papers force row level security;
create policy office_own on shelf_papers for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on shelf_papers for all to system using (business_id = app_business()) with check (business_id = app_business());
-- Those for all are seen by whoever is signed in to any account; never by the link of a document.
create policy portal_read on shelf_papers for select to portal using (business_id = app_business() and removed_at is null and app_document() is null
  and ((customer_id is null and cardinality(app_accounts()) > 0) or customer_id = any (app_customers()) or property_id = any (app_properties())));
grant select, insert on shelf_papers to office, system;
grant select on shelf_papers to portal;
grant update (title, kind, expires_on, removed_at) on shelf_papers to office, system;
