-- Somebody with several accounts has on each document the rights of its account: paying for one is no right to pay for, or ask about, another.
create or replace function open_by_session(p_slug text, p_token bytea, p_document uuid default null) returns json language plpgsql as $$
declare
  b uuid; s record; w record; g record; d record;
begin
  select id into b from businesses where slug = p_slug;
  if b is null then return json_build_object('state', 'unknown'); end if;
  perform refuse_second_scope();
  select id, identity_id into s from sessions where token_hash = p_token and realm = 'portal' and revoked_at is null
    and expires_at > now() and last_used_at + make_interval(secs => idle_seconds) > now();
  execute format('set local app.business = %L; set local app.identity = %L; set local app.document = %L; set local role portal',
    b, coalesce(s.identity_id::text, ''), coalesce(p_document::text, ''));
  if s.id is null then
    perform close_scope();
    return json_build_object('state', 'unknown', 'business', b);
  end if;
  select array_agg(id order by created_at) as ids, (array_agg(name order by created_at))[1] as name, (array_agg(language order by created_at))[1] as language
    into w from people where business_id = b and identity_id = s.identity_id and removed_at is null;
  if w.ids is null then
    perform close_scope();
    return json_build_object('state', 'unknown', 'business', b);
  end if;
  execute format('set local app.people = %L', w.ids);
  select coalesce(array_agg(distinct customer_id) filter (where property_id is null), '{}') as whole,
         coalesce(array_agg(distinct property_id) filter (where property_id is not null), '{}') as properties,
         coalesce(array_agg(distinct customer_id), '{}') as accounts, bool_or(can_pay) as pay, bool_or(can_ask) as ask into g
    from grants where business_id = b and person_id = any (w.ids) and revoked_at is null and can_view;
  execute format('set local app.customers = %L; set local app.properties = %L; set local app.accounts = %L', g.whole, g.properties, g.accounts);
  -- On one document what counts is what may be done there, not at another account of the same person.
  if p_document is not null and cardinality(g.accounts) > 1 then
    select customer_id, property_id into d from documents where business_id = b and id = p_document;
    select bool_or(can_pay) as pay, bool_or(can_ask) as ask into g.pay, g.ask
      from grants where business_id = b and person_id = any (w.ids) and revoked_at is null and can_view and customer_id = d.customer_id
        and (property_id is null or d.property_id is null or property_id = d.property_id);
  end if;
  return json_build_object('state', 'open', 'business', b, 'session', s.id, 'identity', s.identity_id, 'people', w.ids, 'person', w.ids[1],
    'name', w.name, 'language', w.language, 'customers', g.whole, 'properties', g.properties, 'accounts', g.accounts, 'canPay', g.pay, 'canAsk', g.ask);
end $$;
