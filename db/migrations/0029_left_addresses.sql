-- A link that ended because its person left the address it was mailed to: it opens nothing any more, and still offers the way back, to the
-- address that is recorded now. One that was taken back offers none.
alter table links add column address_left boolean not null default false;
grant update (address_left) on links to office, system;
grant select (address_left) on links to portal;

create or replace function open_by_link(p_slug text, p_document uuid, p_token bytea) returns json language plpgsql as $$
declare
  b uuid; l record; p record; ended boolean;
begin
  select id into b from businesses where slug = p_slug;
  if b is null then return json_build_object('state', 'unknown'); end if;
  perform refuse_second_scope();
  execute format('set local app.business = %L; set local app.token = %L; set local role portal', b, encode(p_token, 'hex'));
  select id, document_id, customer_id, person_id, sent_to, last_mailed_at, revoked_at, address_left into l
    from links where business_id = b and token_hash = p_token;
  if l.id is null then
    perform close_scope();
    return json_build_object('state', 'unknown', 'business', b);
  end if;
  -- The whole account is assumed and taken back below where it is not so: nothing is read meanwhile but the person and their rights.
  execute format('set local app.token = ''''; set local app.customers = ''{%s}''; set local app.accounts = ''{%1$s}''; set local app.document = %2$L; set local app.people = ''{%3$s}''',
    l.customer_id, l.document_id, l.person_id);
  if l.person_id is null then
    select ''::text as name, ''::text as email, null::timestamptz as removed_at, null::text as language, null::timestamptz as email_changed_at,
      true as whole, '{}'::uuid[] as properties, true as pay, true as ask into p;
  else
    select h.name, h.email, h.removed_at, h.language, h.email_changed_at, g.whole, g.properties, g.pay, g.ask into p
      from people h cross join (
        select bool_or(property_id is null) as whole, array_agg(property_id) filter (where property_id is not null) as properties,
               bool_or(can_pay) as pay, bool_or(can_ask) as ask
          from grants where business_id = b and person_id = l.person_id and customer_id = l.customer_id and revoked_at is null and can_view) g
      where h.business_id = b and h.id = l.person_id;
  end if;
  if not p.whole then
    execute format('set local app.customers = ''''; set local app.properties = %L', p.properties);
  end if;
  ended := l.revoked_at is not null or p.removed_at is not null or p.whole is null or now() > l.last_mailed_at + interval '365 days';
  if not ended and now() > l.last_mailed_at + interval '60 days' then
    select coalesce(bool_or(s.balance_minor = 0 and now() > coalesce(s.settled_at, l.last_mailed_at) + interval '30 days'), false) into ended
      from invoice_standings s where s.business_id = b and s.document_id = l.document_id;
  end if;
  if ended then
    perform close_scope();
    return json_build_object('state', 'ended', 'business', b, 'link', l.id, 'language', p.language,
      'removed', (l.revoked_at is not null and not l.address_left) or p.removed_at is not null or p.whole is null,
      'address', case when p.removed_at is null and (p.email_changed_at is null or p.email_changed_at < now() - interval '30 days') then coalesce(p.email, '') else '' end);
  end if;
  return json_build_object('state', case when p_document is null or p_document = l.document_id then 'open' else 'moved' end,
    'business', b, 'document', l.document_id, 'customer', l.customer_id, 'person', l.person_id, 'name', p.name, 'link', l.id,
    'sentTo', l.sent_to, 'language', p.language, 'whole', p.whole, 'canPay', p.pay, 'canAsk', p.ask);
end $$;
