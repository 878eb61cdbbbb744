-- The team: invitations, second factors, what the crew may see, and bank details that take a second look.

-- Signing in with more than a password. Local tables, like the sessions beside them: an identity is signed in, whatever businesses it works in.
create table passkeys (
  id uuid primary key,
  identity_id uuid not null,
  credential_id text not null unique,            -- base64url, as the authenticator names it
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_identity on passkeys (identity_id);

create table authenticator_apps (
  identity_id uuid primary key,
  secret text not null,                          -- AES-GCM under a key made of APP_SECRET: key id, nonce, text, tag
  last_step bigint not null default 0,           -- a code counts once: only later steps are taken
  confirmed_at timestamptz,
  created_at timestamptz not null
);

create table recovery_codes (
  identity_id uuid not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (identity_id, code_hash)
);

-- One question to an authenticator, or one password that was right and waits for its second factor. Bound to the asking browser.
create table ceremonies (
  id uuid primary key,
  purpose text not null check (purpose in ('sign_in', 'second', 'fresh', 'register')),
  nonce_hash bytea not null unique,
  challenge text not null default '',
  identity_id uuid,
  facts jsonb not null default '{}',
  tries integer not null default 0,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);

-- A browser somebody has signed in with before; a sign-in from another one is told by mail.
create table known_devices (
  identity_id uuid not null,
  device_hash bytea not null,
  seen_at timestamptz not null,
  primary key (identity_id, device_hash)
);

alter table sign_in_codes drop constraint sign_in_codes_purpose_check;
alter table sign_in_codes add constraint sign_in_codes_purpose_check check (purpose in ('sign_in', 'confirm', 'reset', 'fresh', 'invite', 'new_email'));
alter table sign_in_codes add column sent_to text not null default '';   -- where it goes when no colleague has the address yet

create table invitations (
  business_id uuid not null,
  id uuid not null,
  identity_id uuid not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'office', 'field')),
  language text not null default 'en',
  invited_by text not null,
  round integer not null default 1,              -- part of the link: sending again ends the one before
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  primary key (business_id, id)
);
alter table invitations add constraint invitations_business foreign key (business_id) references businesses (id);
create unique index invitations_open on invitations (business_id, email) where accepted_at is null and withdrawn_at is null;

create table team_rules (
  business_id uuid not null primary key,
  version integer not null default 1,
  two_step boolean not null default false,       -- everyone signs in with a passkey or an app's code
  crew_prices boolean not null default false,    -- the crew sees prices and totals
  crew_sends boolean not null default false,     -- the crew sends invoices by itself
  updated_at timestamptz not null
);
alter table team_rules add constraint team_rules_business foreign key (business_id) references businesses (id);

-- Whom a crew member works for: for a day, or until further notice.
create table assignments (
  business_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  customer_id uuid not null,
  property_id uuid,                              -- null: all of the customer's
  on_day date,                                   -- null: until ended
  note text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (business_id, id)
);
alter table assignments add constraint assignments_staff foreign key (business_id, staff_id) references staff (business_id, id);
alter table assignments add constraint assignments_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table assignments add constraint assignments_property foreign key (business_id, property_id, customer_id) references properties (business_id, id, customer_id);
create index assignments_staff_live on assignments (business_id, staff_id) where ended_at is null;
create index assignments_customer_live on assignments (business_id, customer_id) where ended_at is null;

-- What a crew member made: theirs to go on with, and the office's to look at once it is handed over.
create table field_drafts (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  staff_id uuid not null,
  created_at timestamptz not null,
  ready_at timestamptz,
  note text not null default '',
  primary key (business_id, document_id)
);
alter table field_drafts add constraint field_drafts_document foreign key (business_id, document_id) references documents (business_id, id) on delete cascade;
alter table field_drafts add constraint field_drafts_staff foreign key (business_id, staff_id) references staff (business_id, id);
create index field_drafts_staff_new on field_drafts (business_id, staff_id, created_at desc);
create index field_drafts_ready on field_drafts (business_id, ready_at) where ready_at is not null;

-- How customers are told to pay is what a thief would change first.
create table pay_changes (
  business_id uuid not null,
  id uuid not null,
  how_to_pay text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  live_at timestamptz,                           -- null: waits for a second person
  decided_at timestamptz,
  decided_by_name text not null default '',
  outcome text check (outcome in ('live', 'canceled')),
  primary key (business_id, id),
  check ((outcome is null) = (decided_at is null))
);
alter table pay_changes add constraint pay_changes_business foreign key (business_id) references businesses (id);
create unique index pay_changes_waiting on pay_changes (business_id) where outcome is null;

do $$ declare t text; begin
  foreach t in array array['invitations', 'team_rules', 'assignments', 'field_drafts', 'pay_changes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
grant select, insert on invitations, team_rules, assignments, field_drafts, pay_changes to office, system;
grant update (round, sent_at, expires_at, accepted_at, withdrawn_at) on invitations to office, system;
grant update (version, two_step, crew_prices, crew_sends, updated_at) on team_rules to office, system;
grant update (ended_at) on assignments to office, system;
grant update (ready_at, note) on field_drafts to office, system;
grant update (decided_at, decided_by_name, outcome) on pay_changes to office, system;
-- A colleague whose address changed is another identity.
do $$ begin
  if exists (select from pg_roles where rolname = 'app') then
    grant select, insert, update, delete on passkeys, authenticator_apps, recovery_codes, ceremonies, known_devices to app;
  end if;
end $$;
grant select, insert, update on known_devices to system;
grant select on passkeys, authenticator_apps, recovery_codes to system;
grant select (password_hash) on identities to system;
grant update (revoked_at) on sessions to system;

-- Whose draft it is stands on the draft itself: a policy looks at its own row only.
alter table drafts add column customer_id uuid;
alter table drafts no force row level security;
alter table documents no force row level security;
update drafts w set customer_id = d.customer_id from documents d where d.business_id = w.business_id and d.id = w.document_id;
alter table drafts force row level security;
alter table documents force row level security;
alter table drafts alter column customer_id set not null;
create function draft_follows_document() returns trigger language plpgsql as $$
begin
  update drafts set customer_id = new.customer_id where business_id = new.business_id and document_id = new.id;
  return null;
end $$;
create trigger documents_draft_follows after update of customer_id on documents for each row
  when (old.customer_id is distinct from new.customer_id) execute function draft_follows_document();

-- The crew. A session of the role field carries who it is and whom it works for; without it the whole business is open to the office.
create function app_crew() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.crew', true), '')::uuid $$;
create function app_whole() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.crew', true), '') = '' $$;

-- Limits the crew on every table of a business: to the rows of their customers where rows have one, else to nothing, but for what the
-- product cannot work without. Whoever applies a migration calls it afterwards, in the same transaction: a new table is born limited.
create function limit_crew() returns void language plpgsql as $$
declare
  t text; rule text; added text;
  open_to_all constant text[] := array['business_profiles', 'business_heads', 'staff', 'acts', 'counters', 'files', 'tax_rates', 'items', 'team_rules', 'businesses'];
begin
  for t in select tablename from pg_policies where schemaname = 'public' and policyname = 'office_own' loop
    if t = any (open_to_all) or exists (select from pg_policies where schemaname = 'public' and tablename = t and policyname = 'crew_only') then continue; end if;
    added := null;
    if t = 'customers' then rule := 'id = any (app_customers())';
    elsif t = 'properties' then rule := 'id = any (app_properties())';
    elsif t = 'people' then rule := 'id = any (app_people())';
    elsif t = 'assignments' then rule := 'staff_id = app_crew()';
    elsif t = 'search_terms' then rule := 'kind = ''item'' or customer_id = any (app_customers())';
    elsif exists (select from information_schema.columns where table_schema = 'public' and table_name = t and column_name = 'customer_id') then
      rule := 'customer_id = any (app_customers())';
      -- What is written for nobody in particular may be written; it cannot be read back.
      if t in ('events', 'mails', 'file_refs') then added := 'customer_id is null or ' || rule; end if;
    else rule := 'false';
    end if;
    execute format('create policy crew_only on %I as restrictive for all to office using (app_whole() or %s) with check (app_whole() or %s)', t, rule, coalesce(added, rule));
  end loop;
end $$;
revoke all on function limit_crew() from public;
select limit_crew();

-- Whom a crew member works for now: a day's assignment opens the day before and stays open for thirty days, so that what was begun can be finished.
create function enter_crew(p_business uuid, p_staff uuid) returns void language plpgsql as $$
declare
  today date; c uuid[]; whole uuid[]; named uuid[]; pr uuid[]; pe uuid[];
begin
  select (now() at time zone time_zone)::date into today from businesses where id = p_business;
  select coalesce(array_agg(distinct customer_id), '{}'), coalesce(array_agg(distinct customer_id) filter (where property_id is null), '{}'),
         coalesce(array_agg(distinct property_id) filter (where property_id is not null), '{}')
    into c, whole, named from assignments
    where business_id = p_business and staff_id = p_staff and ended_at is null and (on_day is null or today between on_day - 1 and on_day + 30);
  select coalesce(array_agg(id), '{}') into pr from properties where business_id = p_business and (customer_id = any (whole) or id = any (named));
  select coalesce(array_agg(distinct person_id), '{}') into pe from grants where business_id = p_business and customer_id = any (c) and revoked_at is null;
  execute format('set local app.crew = %L; set local app.customers = %L; set local app.properties = %L; set local app.people = %L', p_staff, c, pr, pe);
end $$;

-- The office: by a staff session, for one of its businesses. Says whether the business asks for more proof than this session has shown.
create or replace function open_office(p_token bytea, p_business uuid default null) returns jsonb language plpgsql as $$
declare
  s record; b uuid; m record; st record;
begin
  select id, identity_id, active_business, authenticated_at, assurance into s from sessions where token_hash = p_token and realm = 'office' and revoked_at is null
    and expires_at > now() and last_used_at + make_interval(secs => idle_seconds) > now();
  if s.id is null then return jsonb_build_object('state', 'unknown'); end if;
  select business_id, member_id into m from memberships
    where identity_id = s.identity_id and kind = 'staff' and removed_at is null
      and (p_business is null or business_id = p_business)
    order by (business_id = s.active_business) desc nulls last, business_id limit 1;
  if m.business_id is null then return jsonb_build_object('state', 'no_business', 'identity', s.identity_id, 'session', s.id); end if;
  b := m.business_id;
  perform enter_scope('office', b, p_identity => s.identity_id);
  select f.id, f.name, f.role, coalesce(r.two_step, false) as two_step into st
    from staff f left join team_rules r on r.business_id = b where f.business_id = b and f.id = m.member_id and f.removed_at is null;
  if st.id is null then
    execute 'set local app.business = ''''';
    return jsonb_build_object('state', 'no_business', 'identity', s.identity_id, 'session', s.id);
  end if;
  if st.role = 'field' then perform enter_crew(b, st.id); end if;
  return jsonb_build_object('state', 'open', 'business', b, 'session', s.id, 'identity', s.identity_id, 'staff', st.id, 'name', st.name,
    'role', st.role, 'authenticatedAt', s.authenticated_at, 'assurance', s.assurance,
    'mustSecure', st.two_step and not (s.assurance && array['passkey', 'app', 'recovery']));
end $$;
