-- Cards and bank accounts that payers keep with the processor, and the payments they let happen by themselves.

create table saved_methods (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,                     -- the account it was added for, and may be offered to
  person_id uuid not null,
  person_name text not null,
  gateway text not null,
  state text not null check (state in ('adding', 'saved', 'failed', 'removed')),
  method text not null default 'card' check (method in ('card', 'bank')),
  gateway_session text,
  reference text,                                -- the processor's names of the method and of whose it is; numbers are never here
  holder text,
  label text not null default '',
  expires_on date,
  is_default boolean not null default false,
  offered_at timestamptz,                        -- the account's other people may use it too
  created_at timestamptz not null,
  saved_at timestamptz,
  removed_at timestamptz,
  forgotten_at timestamptz,                      -- the processor took it away as well
  primary key (business_id, id),
  check (state <> 'saved' or (reference is not null and holder is not null and saved_at is not null)),
  check ((state = 'removed') = (removed_at is not null)),
  check (state = 'saved' or not is_default)
);
create unique index saved_methods_reference on saved_methods (business_id, gateway, reference) where state = 'saved';
create unique index saved_methods_default on saved_methods (business_id, person_id) where is_default;
create index saved_methods_person on saved_methods (business_id, person_id);
create index saved_methods_customer on saved_methods (business_id, customer_id);
create index saved_methods_open on saved_methods (business_id, created_at) where state = 'adding' or (state = 'removed' and reference is not null and forgotten_at is null);
create index saved_methods_expiring on saved_methods (business_id, expires_on) where state = 'saved' and expires_on is not null;

-- What somebody agreed to, word for word. A change is a new row; of an old one only its end is written.
create table autopay_mandates (
  business_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  replaces uuid,
  customer_id uuid not null,
  property_id uuid,                              -- null: the whole account
  person_id uuid not null,
  person_name text not null,
  person_email text not null,
  method_id uuid not null,
  method_label text not null,
  cap_minor bigint not null check (cap_minor between 1 and 99999999),
  currency text not null,
  notice_days integer not null check (notice_days between 1 and 14),
  language text not null,
  wording text not null,                         -- the text that was agreed to
  remote_address text not null,
  given_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('by_person', 'by_office', 'replaced', 'right_ended', 'method_removed', 'not_offered', 'not_allowed', 'failed')),
  ended_by text not null default '',
  ended_note text not null default '',
  primary key (business_id, id),
  check ((ended_at is null) = (ended_reason is null))
);
create unique index autopay_mandates_one on autopay_mandates (business_id, customer_id, property_id) nulls not distinct where ended_at is null;
create index autopay_mandates_customer on autopay_mandates (business_id, customer_id, given_at);
create index autopay_mandates_method on autopay_mandates (business_id, method_id) where ended_at is null;

-- A payment that is to happen by itself: planned and told of before, judged again at its moment.
create table autopay_charges (
  business_id uuid not null,
  id uuid not null,
  mandate_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  document_id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('planned', 'charging', 'charged', 'failed', 'skipped', 'paid_by_hand', 'above_cap', 'nothing_due', 'stopped')),
  planned_on date not null,                      -- as told in the notice
  next_on date not null,                         -- the next try; the planned day until a try failed
  first_tried_on date,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  tries integer not null default 0,
  payment_id uuid,                               -- of the latest try
  failure text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz,
  ended_by text not null default '',
  primary key (business_id, id)
);
create unique index autopay_charges_open on autopay_charges (business_id, document_id) where state in ('planned', 'charging');
create index autopay_charges_due on autopay_charges (business_id, next_on, id) where state = 'planned';
create index autopay_charges_document on autopay_charges (business_id, document_id, created_at);
create index autopay_charges_mandate on autopay_charges (business_id, mandate_id, created_at);
create index autopay_charges_payment on autopay_charges (business_id, payment_id) where payment_id is not null;
create index autopay_charges_failed on autopay_charges (business_id, ended_at) where state in ('failed', 'above_cap');

create table autopay_rules (
  business_id uuid not null,
  version integer not null default 1,
  allowed boolean not null default true,
  notice_days integer not null default 3 check (notice_days between 1 and 14),
  last_round_on date,                            -- the local day whose round was begun
  primary key (business_id)
);

-- How an attempt reaches the processor: null: at its page; else by a saved method, and by itself when a charge stands beside it.
alter table payments add column saved_method_id uuid, add column autopay_charge_id uuid;

alter table saved_methods add constraint saved_methods_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table saved_methods add constraint saved_methods_person foreign key (business_id, person_id) references people (business_id, id);
alter table autopay_mandates add constraint autopay_mandates_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table autopay_mandates add constraint autopay_mandates_person foreign key (business_id, person_id) references people (business_id, id);
alter table autopay_mandates add constraint autopay_mandates_method foreign key (business_id, method_id) references saved_methods (business_id, id);
alter table autopay_charges add constraint autopay_charges_mandate foreign key (business_id, mandate_id) references autopay_mandates (business_id, id);
alter table autopay_charges add constraint autopay_charges_document foreign key (business_id, document_id) references documents (business_id, id);
alter table autopay_rules add constraint autopay_rules_business foreign key (business_id) references businesses (id);

do $$ declare t text; begin
  foreach t in array array['saved_methods', 'autopay_mandates', 'autopay_charges', 'autopay_rules'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;

-- In the portal a method is its person's own, and nobody's who came by a link; one that is offered can be seen and used by who sees the account.
create policy portal_read on saved_methods for select to portal using (business_id = app_business() and app_identity() is not null
  and (person_id = any (app_people()) or (state = 'saved' and offered_at is not null and customer_id = any (app_accounts()))));
create policy portal_add on saved_methods for insert to portal with check (business_id = app_business() and app_identity() is not null
  and person_id = any (app_people()) and customer_id = any (app_accounts()) and state = 'adding');
create policy portal_own on saved_methods for update to portal
  using (business_id = app_business() and app_identity() is not null and person_id = any (app_people()))
  with check (business_id = app_business() and app_identity() is not null and person_id = any (app_people()));
-- What was agreed to is read by who agreed and by those of the whole account.
create policy portal_read on autopay_mandates for select to portal using (business_id = app_business() and app_identity() is not null
  and (person_id = any (app_people()) or customer_id = any (app_customers())));
create policy portal_add on autopay_mandates for insert to portal with check (business_id = app_business() and app_identity() is not null
  and person_id = any (app_people()) and customer_id = any (app_accounts()));
create policy portal_own on autopay_mandates for update to portal
  using (business_id = app_business() and app_identity() is not null and person_id = any (app_people()))
  with check (business_id = app_business() and person_id = any (app_people()));
create policy portal_read on autopay_charges for select to portal using (business_id = app_business()
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_own on autopay_charges for update to portal
  using (business_id = app_business() and app_identity() is not null and person_id = any (app_people()))
  with check (business_id = app_business() and person_id = any (app_people()));
create policy portal_own on autopay_rules for select to portal using (business_id = app_business());

grant select on saved_methods, autopay_mandates, autopay_charges, autopay_rules to office, system, portal;
grant insert on autopay_rules to office, system;
grant insert on saved_methods, autopay_mandates to portal, system;
grant insert on autopay_charges to system;
grant update (state, method, gateway_session, reference, holder, label, expires_on, is_default, offered_at, saved_at, removed_at, forgotten_at) on saved_methods to system;
grant update (state, is_default, offered_at, removed_at) on saved_methods to portal;
grant update (ended_at, ended_reason, ended_by, ended_note) on autopay_mandates to office, system, portal;
grant update (state, ended_at, ended_by) on autopay_charges to office, portal;
grant update (state, planned_on, next_on, first_tried_on, amount_minor, tries, payment_id, failure, ended_at, ended_by) on autopay_charges to system;
grant update (version, allowed, notice_days) on autopay_rules to office;
grant update (last_round_on) on autopay_rules to system;
