-- A link that somebody of the customer sent to somebody else: theirs to end, at most as long and as much as their own right, and never more than viewing and
-- paying this one document (rule 11).
alter table links
  add shared_by uuid,                                        -- the person who shared it; person_id is null then
  add shared_name text not null default '',
  add may_pay boolean not null default true,
  add ends_at timestamptz,
  add uses timestamptz[] not null default '{}';              -- of a shared one, at most one an hour, the newest last
alter table links add constraint links_shared check (shared_by is null or (person_id is null and ends_at is not null));
alter table links add constraint links_sharer foreign key (business_id, shared_by) references people (business_id, id);
create index links_shared_by on links (business_id, shared_by, created_at) where shared_by is not null;
grant select (shared_by, shared_name, may_pay, ends_at, uses) on links to portal;
grant update (uses) on links to office, system;

create or replace function open_by_link(p_slug text, p_document uuid, p_token bytea) returns json language plpgsql as $$
declare
  b uuid; l record; p record; ended boolean;
begin
  select id into b from businesses where slug = p_slug;
  if b is null then return json_build_object('state', 'unknown'); end if;
  perform refuse_second_scope();
  execute format('set local app.business = %L; set local app.token = %L; set local role portal', b, encode(p_token, 'hex'));
  select id, document_id, customer_id, coalesce(person_id, shared_by) as person_id, shared_by is not null as shared, shared_name, may_pay, ends_at, sent_to, last_mailed_at,
      revoked_at, address_left into l
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
  -- Whoever it was shared with stands in nobody's place: not the sharer's cards, nor what they may approve or ask. Without the right to pay they are somebody
  -- with no right to anything; with it they are as the holder of a link that was made for nobody.
  if l.shared then
    execute format('set local app.people = ''{%s}''', case when p.pay and l.may_pay then '' else l.id::text end);
  end if;
  ended := l.revoked_at is not null or coalesce(now() > l.ends_at, false) or p.removed_at is not null or p.whole is null or now() > l.last_mailed_at + interval '365 days';
  if not ended and now() > l.last_mailed_at + interval '60 days' then
    select coalesce(bool_or(s.balance_minor = 0 and now() > coalesce(s.settled_at, l.last_mailed_at) + interval '30 days'), false) into ended
      from invoice_standings s where s.business_id = b and s.document_id = l.document_id;
    if not ended then
      select coalesce(bool_or(now() > estimate_link_until(e.state, e.valid_until, e.decided_at, z.time_zone)), false) into ended
        from estimate_standings e join businesses z on z.id = b where e.business_id = b and e.document_id = l.document_id;
    end if;
  end if;
  if ended then
    perform close_scope();
    return json_build_object('state', 'ended', 'business', b, 'link', l.id, 'language', case when not l.shared then p.language end,
      'removed', l.shared or (l.revoked_at is not null and not l.address_left) or p.removed_at is not null or p.whole is null,
      'address', case when not l.shared and p.removed_at is null and (p.email_changed_at is null or p.email_changed_at < now() - interval '30 days') then coalesce(p.email, '') else '' end);
  end if;
  if l.shared then
    return json_build_object('state', case when p_document is null or p_document = l.document_id then 'open' else 'moved' end,
      'business', b, 'document', l.document_id, 'customer', l.customer_id, 'person', null, 'name', l.shared_name, 'link', l.id,
      'sentTo', l.sent_to, 'language', null, 'whole', p.whole, 'canPay', p.pay and l.may_pay, 'canAsk', false, 'shared', true, 'sharedBy', p.name);
  end if;
  return json_build_object('state', case when p_document is null or p_document = l.document_id then 'open' else 'moved' end,
    'business', b, 'document', l.document_id, 'customer', l.customer_id, 'person', l.person_id, 'name', p.name, 'link', l.id,
    'sentTo', l.sent_to, 'language', p.language, 'whole', p.whole, 'canPay', p.pay, 'canAsk', p.ask);
end $$;
