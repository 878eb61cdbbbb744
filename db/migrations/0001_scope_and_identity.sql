-- Who acts, for whom, and how the database knows. Every table of a business carries business_id first
-- in every key, and row-level security that even its owner obeys. A transaction takes exactly one of three
-- roles and one scope; without a scope there are no rows.

do $$ begin
  if not exists (select from pg_roles where rolname = 'office') then create role office nologin; end if;
  if not exists (select from pg_roles where rolname = 'portal') then create role portal nologin; end if;
  if not exists (select from pg_roles where rolname = 'system') then create role system nologin; end if;
  if exists (select from pg_roles where rolname = 'app') then grant office, portal, system to app; end if;
exception when unique_violation or duplicate_object then null; -- two databases of one cluster migrating at once
end $$;

revoke create on schema public from public;
grant usage on schema public to office, portal, system;

-- Table-free helpers for policies. After a transaction a custom setting reads '' and not NULL: both mean "none".
create function app_business() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.business', true), '')::uuid $$;
create function app_customers() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.customers', true), ''), '{}')::uuid[] $$;
create function app_properties() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.properties', true), ''), '{}')::uuid[] $$;
create function app_accounts() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.accounts', true), ''), '{}')::uuid[] $$;
create function app_people() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.people', true), ''), '{}')::uuid[] $$;
create function app_document() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.document', true), '')::uuid $$;
create function app_identity() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.identity', true), '')::uuid $$;
create function app_token() returns bytea language sql stable parallel safe
  as $$ select decode(nullif(current_setting('app.token', true), ''), 'hex') $$;

-- A scope is entered once in a transaction, so it can be neither widened nor swapped. Whatever sets one asks here first.
create function refuse_second_scope() returns void language plpgsql as $$
begin
  if current_user <> session_user or coalesce(current_setting('app.business', true), '') <> '' then
    raise exception 'a scope is already set in this transaction' using errcode = '55000';
  end if;
end $$;

-- The way into a scope that is known beforehand; one found by a token or a session is entered where it is found (open_…).
-- Returns the transaction's time: Scope.now.
create function enter_scope(
  p_role text, p_business uuid,
  p_customers uuid[] default '{}', p_properties uuid[] default '{}', p_accounts uuid[] default '{}',
  p_people uuid[] default '{}', p_document uuid default null, p_identity uuid default null, p_token bytea default null
) returns timestamptz language plpgsql as $$
begin
  perform refuse_second_scope();
  if p_role is null or p_role not in ('office', 'portal', 'system') then
    raise exception 'unknown scope role' using errcode = '22023';
  end if;
  if p_business is null then
    raise exception 'a scope needs a business' using errcode = '22023';
  end if;
  execute format(
    'set local app.business = %L; set local app.customers = %L; set local app.properties = %L; set local app.accounts = %L; '
    'set local app.people = %L; set local app.document = %L; set local app.identity = %L; set local app.token = %L; set local role %I',
    p_business, p_customers, p_properties, p_accounts, p_people,
    coalesce(p_document::text, ''), coalesce(p_identity::text, ''), coalesce(encode(p_token, 'hex'), ''), p_role);
  return now();
end $$;

-- Reference: one row per business. Its own id is its tenant key.
create table businesses (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  name text not null,
  trade text not null check (trade in ('cleaning', 'contracting', 'landscaping', 'plumbing', 'other')),
  country text not null default 'US',
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  plan text not null default 'free',
  demo boolean not null default false,
  confirmed_at timestamptz,
  created_at timestamptz not null
);

-- Identity: one row per address that ever was given, staff or customer; only the login role reads it, before any scope.
create table identities (
  id uuid primary key,
  email text not null unique,          -- canonical form
  password_hash text,
  confirmed_at timestamptz,
  created_at timestamptz not null
);

-- Local tables of signing in. Tokens and codes are kept as hashes only.
create table sessions (
  token_hash bytea primary key,
  id uuid not null unique,
  realm text not null check (realm in ('office', 'portal')),
  identity_id uuid not null,
  active_business uuid,
  assurance text[] not null,           -- 'password' | 'code' | 'link'
  authenticated_at timestamptz not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  idle_seconds integer not null,
  expires_at timestamptz not null,
  device text not null default '',
  revoked_at timestamptz
);
create index sessions_identity on sessions (identity_id);

create table sign_in_codes (
  id uuid primary key,
  realm text not null check (realm in ('office', 'portal')),
  purpose text not null check (purpose in ('sign_in', 'confirm', 'reset', 'fresh')),
  for_business uuid,
  identity_id uuid,                    -- null: nobody has this address; answered the same
  password_hash text,                  -- becomes the identity's password when this code is given back, never before
  code_mac bytea not null,
  nonce_hash bytea not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  created_at timestamptz not null
);
create index sign_in_codes_nonce on sign_in_codes (nonce_hash);
create index sign_in_codes_identity on sign_in_codes (identity_id);

create table throttles (
  key text not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_start)
);

-- Where an identity belongs. A scope sees its own business only; the login role reads it to offer the switcher.
create table memberships (
  business_id uuid not null,
  identity_id uuid not null,
  kind text not null check (kind in ('staff', 'person')),
  member_id uuid not null,
  removed_at timestamptz,
  primary key (business_id, identity_id, kind, member_id)
);
create index memberships_identity on memberships (identity_id);

-- The identity of an address, made when first needed. Answers the same whether it was known, so it tells nobody anything.
create function identity_of(p_email text, p_fresh uuid, p_at timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare found_id uuid;
begin
  select id into found_id from identities where email = p_email;
  if found_id is null then
    insert into identities (id, email, created_at) values (p_fresh, p_email, p_at) on conflict (email) do nothing;
    select id into found_id from identities where email = p_email;
  end if;
  return found_id;
end $$;
revoke all on function identity_of(text, uuid, timestamptz) from public;
grant execute on function identity_of(text, uuid, timestamptz) to office, system;

create table business_profiles (
  business_id uuid not null primary key,
  version integer not null default 1,
  legal_name text not null default '',
  phone text not null default '',
  email text not null default '',
  website text not null default '',
  address jsonb not null default '{}',           -- {street, unit, city, region, postalCode, country}
  hours text not null default '',
  license_line text not null default '',
  logo_sha256 bytea,                             -- as shown on documents (PNG)
  logo_web_sha256 bytea,                         -- small, for pages
  brand_color text not null default '#1f5f4a' check (brand_color ~ '^#[0-9a-f]{6}$'),
  greeting jsonb not null default '{}',          -- {en, es, fr}
  how_to_pay text not null default '',
  estimate_word text not null default 'estimate',
  languages text[] not null default '{en}',
  default_language text not null default 'en',
  from_name text not null default '',
  reply_to text not null default '',
  number_prefix text not null default '',
  terms_days integer not null default 14 check (terms_days between 0 and 365),
  terms_text text not null default '',
  message text not null default '',
  prices_include_tax boolean not null default false,
  default_tax_rate_id uuid,
  gateway text check (gateway in ('sandbox')),   -- null: no processor, customers see How to pay
  part_payment boolean not null default true,
  payment_floor_minor bigint not null default 100 check (payment_floor_minor >= 1),
  history_shown_at timestamptz,                  -- imported history becomes visible to customers
  welcome jsonb not null default '{}',
  updated_at timestamptz not null
);

create table staff (
  business_id uuid not null,
  id uuid not null,
  identity_id uuid not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'office', 'field')),
  language text not null default 'en',
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (business_id, id),
  unique (business_id, identity_id)
);

create table api_keys (
  business_id uuid not null,
  id uuid not null,
  name text not null,
  hint text not null,                            -- first characters, to tell keys apart
  key_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (business_id, id),
  unique (business_id, key_hash)
);

-- Whatever may be asked twice and must happen once: API keys' requests, form posts, webhooks, field entries.
create table acts (
  business_id uuid not null,
  caller text not null,                          -- who asked: key, session, link or source
  id text not null,                              -- the caller's own id of the act
  route text not null,
  body_hash bytea not null,
  state text not null check (state in ('running', 'done')),
  started_at timestamptz not null,
  status integer,
  answer text,
  primary key (business_id, caller, route, id)
);

-- The one feed: timeline, live updates, audit chain. Gapless seq per business, each row carries the hash of the one before.
create table business_heads (
  business_id uuid not null primary key,
  event_seq bigint not null default 0,
  event_hash bytea not null default '\x'
);
create table events (
  business_id uuid not null,
  seq bigint not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('staff', 'person', 'key', 'system')),
  actor_id uuid,
  actor_name text not null,
  kind text not null,
  customer_id uuid,
  document_id uuid,
  property_id uuid,
  shown boolean not null default false,          -- the customer sees it too
  data jsonb not null,
  request_id text not null default '',
  prev_hash bytea not null,
  hash bytea not null,
  primary key (business_id, seq),
  unique (business_id, id)
);
create index events_document on events (business_id, document_id, seq) where document_id is not null;
create index events_customer on events (business_id, customer_id, seq) where customer_id is not null;

create table counters (
  business_id uuid not null,
  series text not null,
  next bigint not null default 1 check (next >= 1),
  primary key (business_id, series)
);

-- Search under row-level security reaches an index only through leakproof operators, so words are rows.
create table search_terms (
  business_id uuid not null,
  term text collate "C" not null,
  kind text not null,
  id uuid not null,
  customer_id uuid,
  primary key (business_id, term, kind, id)
);
create index search_terms_thing on search_terms (business_id, kind, id);

create table files (
  business_id uuid not null,
  sha256 bytea not null,
  bytes integer not null,
  mime text not null,
  created_at timestamptz not null,
  primary key (business_id, sha256)
);
