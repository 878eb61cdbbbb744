-- Credit that customers use on their bills, and what the portal may read of an account's movements.

-- Asked by the customer, carried out by the system; `rest` is what the same press pays otherwise.
create table credit_uses (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  person_id uuid,
  currency text not null,
  amount_minor bigint not null check (amount_minor between 1 and 99999999999),
  state text not null check (state in ('asked', 'done', 'refused')),
  rest jsonb not null default '[]',                          -- [{documentId, amountMinor}] of the payment that goes with it
  used_on date not null,
  used_by text not null default '',
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (business_id, id)
);
create index credit_uses_customer on credit_uses (business_id, customer_id, created_at);

create table credit_use_shares (
  business_id uuid not null,
  use_id uuid not null,
  part_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  taken_back_minor bigint not null default 0 check (taken_back_minor between 0 and amount_minor),
  day date not null,
  primary key (business_id, use_id, part_id)
);
create index credit_use_shares_document on credit_use_shares (business_id, document_id);
create index credit_use_shares_customer on credit_use_shares (business_id, customer_id);

alter table credit_uses add constraint credit_uses_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table credit_use_shares add constraint credit_use_shares_use foreign key (business_id, use_id) references credit_uses (business_id, id);
alter table credit_use_shares add constraint credit_use_shares_part foreign key (business_id, document_id, part_id) references document_parts (business_id, document_id, id);

do $$ declare t text; begin
  foreach t in array array['credit_uses', 'credit_use_shares'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy portal_read on %I for select to portal using (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null)', t);
    execute format('grant select, insert on %I to office, system, portal', t);
  end loop;
end $$;
-- Credit belongs to the whole account: only somebody of all of it may ask for it (rule 34).
create policy portal_add on credit_uses for insert to portal
  with check (business_id = app_business() and state = 'asked' and customer_id = any (app_customers()) and app_document() is null);
create policy portal_add on credit_use_shares for insert to portal
  with check (business_id = app_business() and taken_back_minor = 0 and customer_id = any (app_customers()) and app_document() is null);
grant update (state, done_at) on credit_uses to office, system;
grant update (taken_back_minor) on credit_use_shares to office, system;

-- An account's movements, to whoever sees the account: all of it, or what is of their properties (rule 33).
create policy portal_read on ledger for select to portal
  using (business_id = app_business() and app_document() is null and (customer_id = any (app_customers()) or property_id = any (app_properties())));
grant select on ledger to portal;
