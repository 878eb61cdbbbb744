-- Whoever manages the people of a whole account sees who else has access to it, and what each may do. Nothing else of the portal is changed: these
-- two settings are made by the opening below alone, and empty everywhere else.
create function app_managed() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.managed', true), ''), '{}')::uuid[] $$;
create function app_known() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.known', true), ''), '{}')::uuid[] $$;

create policy portal_managed on grants for select to portal using (business_id = app_business() and customer_id = any (app_managed()));
create policy portal_managed on people for select to portal using (business_id = app_business() and id = any (app_known()));

-- A portal session as that of a manager: whose people they manage, and how long ago they showed that it is them.
create function open_as_manager(p_slug text, p_token bytea) returns json language plpgsql as $$
declare
  g json; b uuid; s record; m uuid[]; k uuid[];
begin
  select authenticated_at, idle_seconds > 43200 as remembered into s from sessions where token_hash = p_token and realm = 'portal' and revoked_at is null;
  g := open_by_session(p_slug, p_token);
  if g ->> 'state' <> 'open' then return g; end if;
  b := g ->> 'business';
  select coalesce(array_agg(distinct customer_id), '{}') into m from grants
    where business_id = b and person_id = any (app_people()) and revoked_at is null and can_view and can_manage and property_id is null;
  execute format('set local app.managed = %L', m);
  select coalesce(array_agg(distinct person_id), '{}') into k from grants where business_id = b and customer_id = any (app_managed()) and revoked_at is null;
  execute format('set local app.known = %L', k);
  return (g::jsonb || jsonb_build_object('managed', m, 'authenticatedAt', s.authenticated_at, 'remembered', s.remembered))::json;
end $$;
