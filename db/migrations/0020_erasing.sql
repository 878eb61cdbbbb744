-- Personal data that goes for good, and businesses that close.

-- The row stays, because invoices and the ledger name it; nothing in it says any more who it was.
alter table customers add column erased_at timestamptz;

-- The owner of the tables obeys row-level security like everybody else. Here it is let in to one business at a time, the one its transaction
-- names, and so it can take personal data out of what no role of the server may change. Whoever applies a migration calls it afterwards.
create function let_owner_erase() returns void language plpgsql as $$
declare t text;
begin
  for t in select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id' and not a.attisdropped)
      and not exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'owner_erases') loop
    execute format('create policy owner_erases on %I for all to %I using (business_id = app_business()) with check (business_id = app_business())', t, current_user);
  end loop;
end $$;
revoke all on function let_owner_erase() from public;
select let_owner_erase();
-- Whether somebody is known anywhere else decides whether their way in goes too.
do $$ begin
  execute format('create policy owner_finds on memberships for select to %I using (true)', current_user);
  execute format('create policy owner_finds on invitations for select to %I using (true)', current_user);
end $$;

-- What is left of a business that was removed: that it was, when, and how much. It belongs to no business and names nobody.
create table removed_businesses (
  id uuid primary key,
  removed_at timestamptz not null,
  record text not null,                                      -- JSON: rows by table, files and their bytes
  sha256 bytea not null,                                     -- of the record, letter for letter
  slug_hash bytea not null unique                            -- of its address name, which nobody gets again: old mails still lead there
);
grant select on removed_businesses to system;
do $$ begin if exists (select from pg_roles where rolname = 'app') then grant select on removed_businesses to app; end if; end $$;
grant select (slug_hash) on removed_businesses to office;

-- The crew learns too that the business is closing.
drop policy if exists crew_only on closings;
create or replace function limit_crew() returns void language plpgsql as $$
declare
  t text; rule text; added text;
  open_to_all constant text[] := array['business_profiles', 'business_heads', 'staff', 'acts', 'counters', 'files', 'tax_rates', 'items', 'team_rules', 'businesses', 'closings'];
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

-- As before, and: until when a closing business can be looked at.
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
  select f.id, f.name, f.role, coalesce(r.two_step, false) as two_step, k.ends_at into st
    from staff f left join team_rules r on r.business_id = b left join closings k on k.business_id = b
    where f.business_id = b and f.id = m.member_id and f.removed_at is null;
  if st.id is null then
    execute 'set local app.business = ''''';
    return jsonb_build_object('state', 'no_business', 'identity', s.identity_id, 'session', s.id);
  end if;
  if st.role = 'field' then perform enter_crew(b, st.id); end if;
  return jsonb_build_object('state', 'open', 'business', b, 'session', s.id, 'identity', s.identity_id, 'staff', st.id, 'name', st.name,
    'role', st.role, 'authenticatedAt', s.authenticated_at, 'assurance', s.assurance,
    'mustSecure', st.two_step and not (s.assurance && array['passkey', 'app', 'recovery']), 'closing', st.ends_at is not null);
end $$;

create or replace function open_by_key(p_business uuid, p_hash bytea) returns jsonb language plpgsql as $$
declare k record;
begin
  perform enter_scope('office', p_business);
  select a.id, a.name, a.scopes, c.ends_at into k from api_keys a left join closings c on c.business_id = p_business
    where a.business_id = p_business and a.key_hash = p_hash and a.revoked_at is null and (a.expires_at is null or a.expires_at > now());
  if k.id is null then
    execute 'set local app.business = ''''';
    return jsonb_build_object('state', 'unknown');
  end if;
  return jsonb_build_object('state', 'open', 'business', p_business, 'key', k.id, 'name', k.name, 'scopes', k.scopes, 'closing', k.ends_at is not null);
end $$;
