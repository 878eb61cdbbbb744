-- Processors a business connects with a key of its own. Keys and signing secrets are sealed with a key from APP_SECRET and are never shown again.

alter table business_profiles drop constraint business_profiles_gateway_check;
alter table business_profiles add constraint business_profiles_gateway_check check (gateway in ('sandbox', 'stripe'));
alter table business_profiles add column card_offered boolean not null default true;
alter table business_profiles add column bank_offered boolean not null default true;
alter table business_profiles add column card_floor_minor bigint not null default 1 check (card_floor_minor between 1 and 99999999);
alter table business_profiles add column bank_floor_minor bigint not null default 1 check (bank_floor_minor between 1 and 99999999);

create table processor_accounts (
  business_id uuid not null,
  id uuid not null,
  gateway text not null,
  state text not null check (state in ('waiting', 'connected', 'ended')),
  account_id text not null,                      -- the processor's name for the account
  account_name text not null default '',
  live boolean not null,                         -- false: play money
  sealed_key text,                               -- null once ended
  key_hint text not null,                        -- its last four letters
  sealed_secret text,                            -- signs what the processor tells us
  secret_hint text,
  secret_at timestamptz,
  sealed_old_secret text,                        -- signs too until the moment beside it
  old_secret_until timestamptz,
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  live_at timestamptz,                           -- of a waiting one; null: it waits for a second person
  connected_at timestamptz,
  ended_at timestamptz,
  ended_by_name text,
  primary key (business_id, id),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (sealed_key is null)),
  check (sealed_old_secret is null or old_secret_until is not null)
);
create unique index processor_accounts_connected on processor_accounts (business_id, gateway) where state = 'connected';
create unique index processor_accounts_waiting on processor_accounts (business_id, gateway) where state = 'waiting';

-- The last comparison of our books with a processor's, and where the next one begins.
create table processor_checks (
  business_id uuid not null,
  gateway text not null,
  account_id text not null,
  since timestamptz not null,                    -- what was compared: from here
  compared_at timestamptz not null,
  reached boolean not null,                      -- false: the processor did not answer
  ours integer not null default 0,
  theirs integer not null default 0,
  primary key (business_id, gateway)
);

-- What differs, as the last comparison found it.
create table processor_differences (
  business_id uuid not null,
  gateway text not null,
  position integer not null,
  what text not null check (what in ('unknown_here', 'missing_there', 'state', 'amount', 'currency')),
  reference text not null,                       -- the processor's id of the payment
  payment_id uuid,
  customer_id uuid,
  ours text not null default '',
  theirs text not null default '',
  amount_minor bigint not null,
  currency text not null,
  at timestamptz not null,
  primary key (business_id, gateway, position)
);

alter table processor_accounts add constraint processor_accounts_business foreign key (business_id) references businesses (id);
alter table processor_checks add constraint processor_checks_business foreign key (business_id) references businesses (id);
alter table processor_differences add constraint processor_differences_business foreign key (business_id) references businesses (id);

do $$ declare t text; begin
  foreach t in array array['processor_accounts', 'processor_checks', 'processor_differences'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
grant select, insert on processor_accounts to office, system;
grant update (state, account_name, sealed_key, key_hint, sealed_secret, secret_hint, secret_at, sealed_old_secret, old_secret_until, connected_at, ended_at, ended_by_name,
  live_at) on processor_accounts to office, system;
grant select on processor_checks, processor_differences to office;
grant select, insert, update, delete on processor_checks, processor_differences to system;

-- A notice that names no attempt names the payment by the processor's id.
create index payments_gateway_payment on payments (business_id, gateway, gateway_payment) where gateway_payment is not null;
