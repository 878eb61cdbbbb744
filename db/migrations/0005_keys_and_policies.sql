-- Foreign keys (each with business_id, so a reference to another business is impossible), row-level security, grants.

alter table business_profiles add constraint business_profiles_business foreign key (business_id) references businesses (id);
alter table business_heads add constraint business_heads_business foreign key (business_id) references businesses (id);
alter table staff add constraint staff_business foreign key (business_id) references businesses (id);
alter table properties add constraint properties_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table grants add constraint grants_person foreign key (business_id, person_id) references people (business_id, id);
alter table grants add constraint grants_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table grants add constraint grants_property foreign key (business_id, property_id, customer_id) references properties (business_id, id, customer_id);
alter table items add constraint items_tax_rate foreign key (business_id, tax_rate_id) references tax_rates (business_id, id);
alter table properties add constraint properties_tax_rate foreign key (business_id, tax_rate_id) references tax_rates (business_id, id);
alter table business_profiles add constraint business_profiles_tax_rate foreign key (business_id, default_tax_rate_id) references tax_rates (business_id, id);
alter table documents add constraint documents_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table documents add constraint documents_property foreign key (business_id, property_id, customer_id) references properties (business_id, id, customer_id);
alter table documents add constraint documents_replaces foreign key (business_id, replaces) references documents (business_id, id);
alter table documents add constraint documents_replaced_by foreign key (business_id, replaced_by) references documents (business_id, id);
alter table drafts add constraint drafts_document foreign key (business_id, document_id) references documents (business_id, id);
alter table links add constraint links_document foreign key (business_id, document_id) references documents (business_id, id);
alter table links add constraint links_person foreign key (business_id, person_id) references people (business_id, id);
alter table file_refs add constraint file_refs_file foreign key (business_id, sha256) references files (business_id, sha256);
alter table file_refs add constraint file_refs_document foreign key (business_id, document_id) references documents (business_id, id);
alter table mails add constraint mails_document foreign key (business_id, document_id) references documents (business_id, id);
alter table mails add constraint mails_person foreign key (business_id, person_id) references people (business_id, id);
alter table mails add constraint mails_link foreign key (business_id, link_id) references links (business_id, id);
alter table threads add constraint threads_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table threads add constraint threads_document foreign key (business_id, document_id) references documents (business_id, id);
alter table messages add constraint messages_thread foreign key (business_id, thread_id, customer_id) references threads (business_id, id, customer_id);
alter table payments add constraint payments_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table payments add constraint payments_document foreign key (business_id, document_id) references documents (business_id, id);
alter table payment_shares add constraint payment_shares_payment foreign key (business_id, payment_id) references payments (business_id, id);
alter table payment_shares add constraint payment_shares_part foreign key (business_id, document_id, part_id) references document_parts (business_id, document_id, id);
alter table ledger add constraint ledger_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table ledger add constraint ledger_document foreign key (business_id, document_id) references documents (business_id, id);
alter table ledger add constraint ledger_part foreign key (business_id, document_id, part_id) references document_parts (business_id, document_id, id);
alter table ledger add constraint ledger_payment foreign key (business_id, payment_id) references payments (business_id, id);
alter table customer_balances add constraint customer_balances_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table announced_payments add constraint announced_payments_document foreign key (business_id, document_id) references documents (business_id, id);

-- Whose it is and whether it is shown is carried down from the document, kept true by the key itself.
do $$ declare t text; begin
  foreach t in array array['document_totals', 'document_taxes', 'document_parts', 'document_lines', 'document_facts', 'invoices', 'invoice_standings', 'part_standings', 'payment_shares'] loop
    execute format('alter table %I add constraint %I foreign key (business_id, document_id, customer_id, shown)
      references documents (business_id, id, customer_id, shown) on update cascade', t, t || '_document');
  end loop;
end $$;

create function refuse_frozen_document() returns trigger language plpgsql as $$
begin
  if old.issued_at is not null and (new.kind, new.customer_id, new.property_id, new.issued_at, new.replaces, new.language)
     is distinct from (old.kind, old.customer_id, old.property_id, old.issued_at, old.replaces, old.language) then
    raise exception 'an issued document never changes' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger documents_frozen before update on documents for each row execute function refuse_frozen_document();

-- Row-level security: the office and the system see their one business, whole.
do $$ declare t text; begin
  foreach t in array array['memberships', 'business_profiles', 'staff', 'api_keys', 'acts', 'business_heads', 'events', 'counters', 'search_terms',
    'files', 'customers', 'properties', 'people', 'grants', 'tax_rates', 'items', 'documents', 'drafts', 'document_totals', 'document_taxes',
    'document_parts', 'document_lines', 'document_facts', 'invoices', 'invoice_standings', 'part_standings', 'file_refs', 'links', 'mails', 'threads', 'messages',
    'imports', 'payments', 'payment_shares', 'ledger', 'customer_balances', 'announced_payments', 'inbound_events'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
alter table businesses enable row level security;
alter table businesses force row level security;
create policy office_own on businesses for all to office using (id = app_business()) with check (id = app_business());
create policy system_own on businesses for all to system using (id = app_business()) with check (id = app_business());
create policy portal_own on businesses for select to portal using (id = app_business());

-- What the portal may read: granted customers, else granted properties, shown documents only, and inside a link just its document.
do $$ declare t text; begin
  foreach t in array array['document_parts', 'document_lines', 'part_standings', 'payment_shares', 'threads', 'messages', 'announced_payments', 'file_refs', 'events'] loop
    execute format('create policy portal_read on %I for select to portal using (business_id = app_business() and shown
      and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))', t);
  end loop;
  -- The whole of a document: a person of some properties reads it only when it belongs to one of them alone.
  foreach t in array array['document_totals', 'document_taxes', 'document_facts', 'invoices', 'invoice_standings'] loop
    execute format('create policy portal_read on %I for select to portal using (business_id = app_business() and shown
      and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))', t);
  end loop;
end $$;
create policy portal_read on documents for all to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties()))
    and (app_document() is null or id = app_document()))
  with check (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())));
create policy portal_own on business_profiles for select to portal using (business_id = app_business());
create policy portal_read on customers for select to portal using (business_id = app_business() and id = any (app_accounts()));
create policy portal_read on properties for select to portal
  using (business_id = app_business() and (customer_id = any (app_customers()) or id = any (app_properties())) and app_document() is null);
create policy portal_self on people for all to portal
  using (business_id = app_business() and (id = any (app_people()) or identity_id = app_identity()))
  with check (business_id = app_business() and (id = any (app_people()) or identity_id = app_identity()));
create policy portal_self on grants for select to portal using (business_id = app_business() and person_id = any (app_people()));
create policy portal_token on links for select to portal
  using (business_id = app_business() and (token_hash = app_token() or (customer_id = any (app_customers()) and (app_document() is null or document_id = app_document()))));
create policy portal_read on payments for select to portal
  using (business_id = app_business() and shown and customer_id = any (app_customers()) and (app_document() is null or document_id = app_document()));
create policy portal_read on customer_balances for select to portal
  using (business_id = app_business() and customer_id = any (app_customers()) and app_document() is null);

-- What the portal may add: questions, announcements, attempts to pay, and the events of these.
create policy portal_add on threads for insert to portal with check (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_move on threads for update to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))
  with check (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on messages for insert to portal with check (business_id = app_business() and shown and not from_office
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on announced_payments for insert to portal with check (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on payments for insert to portal with check (business_id = app_business() and state = 'initiated'
  and customer_id = any (app_accounts()) and (app_document() is null or document_id = app_document()));
create policy portal_add on payment_shares for insert to portal with check (business_id = app_business() and shown and state = 'initiated'
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_move on announced_payments for update to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))
  with check (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
-- What a customer tells us is coming is repeated on the standing; the grant below names the only columns.
create policy portal_announce on invoice_standings for update to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))
  with check (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on events for insert to portal with check (business_id = app_business() and actor_kind = 'person'
  and (customer_id is null or customer_id = any (app_accounts())));
create policy portal_move on business_heads for all to portal using (business_id = app_business()) with check (business_id = app_business());
create policy portal_own on acts for all to portal using (business_id = app_business()) with check (business_id = app_business());

grant select on businesses, business_profiles, tax_rates, items, staff, api_keys, acts, business_heads, events, counters, search_terms, files, memberships,
  customers, properties, people, grants, documents, drafts, document_totals, document_taxes, document_parts, document_lines, document_facts, invoices, invoice_standings,
  part_standings, file_refs, links, mails, threads, messages, imports, payments, payment_shares, ledger, customer_balances, announced_payments, inbound_events
  to office, system;
grant insert on businesses, business_profiles, tax_rates, items, staff, api_keys, acts, business_heads, events, counters, search_terms, files, memberships,
  customers, properties, people, grants, documents, drafts, document_totals, document_taxes, document_parts, document_lines, document_facts, invoices, invoice_standings,
  part_standings, file_refs, links, mails, threads, messages, imports, payments, payment_shares, ledger, customer_balances, announced_payments, inbound_events
  to office, system;
-- Ledger, events, totals, taxes, parts, lines, facts and invoices are absent here: they are written once.
grant update on business_profiles, tax_rates, items, staff, acts, business_heads, counters, customers, properties, people, drafts, invoice_standings,
  part_standings, mails, threads, imports, customer_balances, inbound_events to office, system;
grant update (name, trade, time_zone, plan, confirmed_at) on businesses to office, system;
grant update (last_used_at, revoked_at) on api_keys to office, system;
grant update (removed_at) on memberships to office, system;
grant update (revoked_at, can_view, can_ask, can_pay, can_manage, approve_limit_minor, bills) on grants to office, system;
grant update (customer_id, property_id, language, issued_at, shown_at, shown, canceled_at, cancel_reason, replaced_by, touched_at) on documents to office, system;
grant update (document_id, last_mailed_at, last_used_at, revoked_at) on links to office, system;
grant update (removed_at, shown, document_id, customer_id, property_id) on file_refs to office, system;
grant update (state, received_on, reference, note, gateway_session, gateway_payment, checkout_url, method, method_label, receipt_number, failure, pending_at, cleared_at, cleared_on, ended_at, reason, shown)
  on payments to office, system;
grant update (state, method, method_label, receipt_number, applied_minor) on payment_shares to office, system;
grant update (ended_at, payment_id) on announced_payments to office, system;
grant delete on drafts, search_terms, acts to office, system;
-- A draft that never left may be thrown away: its document and standing go with it.
grant delete on documents, invoice_standings to office;
create function refuse_issued_delete() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'documents' and to_jsonb(old) ->> 'issued_at' is not null then raise exception 'an issued document is never deleted' using errcode = '55000'; end if;
  if tg_table_name = 'invoice_standings' and to_jsonb(old) ->> 'state' = 'issued' then raise exception 'an issued invoice is never deleted' using errcode = '55000'; end if;
  return old;
end $$;
create trigger documents_kept before delete on documents for each row execute function refuse_issued_delete();
create trigger invoice_standings_kept before delete on invoice_standings for each row when (old.state = 'issued') execute function refuse_issued_delete();
create function refuse_truncate() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name using errcode = '55000'; end $$;
create trigger ledger_kept before truncate on ledger for each statement execute function refuse_truncate();
create trigger events_kept before truncate on events for each statement execute function refuse_truncate();

grant select on businesses, business_profiles, properties, people, grants, documents, document_totals, document_taxes, document_parts, document_lines, document_facts,
  invoice_standings, part_standings, payments, payment_shares, threads, messages, announced_payments, file_refs, events, customer_balances, acts, business_heads
  to portal;
grant select (business_id, document_id, customer_id, property_id, shown, series, number, number_seq, issued_on, due_on, seller, bill_to, customer_kind, po_number,
  work_order_number, terms, message) on invoices to portal;
grant select (business_id, id, kind, name, company, language, billing_address, po_required, tax_exempt) on customers to portal;
grant select (business_id, id, document_id, customer_id, person_id, token_hash, sent_to, created_at, last_mailed_at, last_used_at, revoked_at) on links to portal;
grant select (business_id, sha256, bytes, mime) on files to portal;
create policy portal_read on files for select to portal using (business_id = app_business());
grant insert on threads, messages, announced_payments, payments, payment_shares, events, acts to portal;
grant update (last_at, waiting_for) on threads to portal;
grant update (ended_at) on announced_payments to portal;
grant update (announced_minor, announced_for, version) on invoice_standings to portal;
grant update (event_seq, event_hash) on business_heads to portal;
grant update (state, status, answer) on acts to portal;
grant update (touched_at) on documents to portal;
grant update (name, phone, language, version) on people to portal;

-- The login itself, before any scope: only what finds the scope. Migrations make it where it does not exist yet.
do $$ begin
  if exists (select from pg_roles where rolname = 'app') then
    grant usage on schema public to app;
    grant select (id, slug, name, demo, created_at) on businesses to app;
    grant select on memberships to app;
    grant select, insert, update, delete on identities, sessions, sign_in_codes, throttles to app;
    create policy app_find on businesses for select to app using (true);
    create policy app_find on memberships for select to app using (true);
  end if;
end $$;
grant select, insert, update on sessions, sign_in_codes, throttles to system;
grant delete on throttles to system;
grant select (id, confirmed_at) on identities to system;
grant update (confirmed_at, password_hash) on identities to system;

-- Opening a page: finds the grant under its own policy, sets the scope, and answers open | ended | moved | unknown.
-- Whoever is not let in keeps a scope that sees nothing.
create function close_scope() returns void language plpgsql as $$
begin
  execute 'set local app.customers = ''{}''; set local app.properties = ''{}''; set local app.accounts = ''{}''; set local app.people = ''{}''; '
    'set local app.identity = ''''; set local app.token = ''''; set local app.document = ''00000000-0000-0000-0000-000000000000''';
end $$;

-- By the token of a document link. p_document null: the first visit, which knows the token only.
-- A link works while anything is owed, else until 60 days after its last mail or 30 days after full payment, whichever is later;
-- at most a year without a new mail. Revoking it or removing the person ends it at once.
-- Every page begins here, so only settings that say something are made, those of one step in one statement.
create function open_by_link(p_slug text, p_document uuid, p_token bytea) returns json language plpgsql as $$
declare
  b uuid; l record; p record; ended boolean;
begin
  select id into b from businesses where slug = p_slug;
  if b is null then return json_build_object('state', 'unknown'); end if;
  perform refuse_second_scope();
  execute format('set local app.business = %L; set local app.token = %L; set local role portal', b, encode(p_token, 'hex'));
  select id, document_id, customer_id, person_id, sent_to, last_mailed_at, revoked_at into l
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
      'removed', l.revoked_at is not null or p.removed_at is not null or p.whole is null,
      'address', case when p.removed_at is null and (p.email_changed_at is null or p.email_changed_at < now() - interval '30 days') then coalesce(p.email, '') else '' end);
  end if;
  return json_build_object('state', case when p_document is null or p_document = l.document_id then 'open' else 'moved' end,
    'business', b, 'document', l.document_id, 'customer', l.customer_id, 'person', l.person_id, 'name', p.name, 'link', l.id,
    'sentTo', l.sent_to, 'language', p.language, 'whole', p.whole, 'canPay', p.pay, 'canAsk', p.ask);
end $$;

-- By a portal session. Its realm is checked here, so that a staff session is nobody in the portal.
create function open_by_session(p_slug text, p_token bytea, p_document uuid default null) returns json language plpgsql as $$
declare
  b uuid; s record; w record; g record;
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
  return json_build_object('state', 'open', 'business', b, 'session', s.id, 'identity', s.identity_id, 'people', w.ids, 'person', w.ids[1],
    'name', w.name, 'language', w.language, 'customers', g.whole, 'properties', g.properties, 'accounts', g.accounts, 'canPay', g.pay, 'canAsk', g.ask);
end $$;

-- The office: by a staff session (of the office realm only) for one of its businesses, or by an API key.
create function open_office(p_token bytea, p_business uuid default null) returns jsonb language plpgsql as $$
declare
  s record; b uuid; m record;
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
  return (select jsonb_build_object('state', 'open', 'business', b, 'session', s.id, 'identity', s.identity_id, 'staff', st.id, 'name', st.name,
    'role', st.role, 'authenticatedAt', s.authenticated_at, 'assurance', s.assurance)
    from staff st where st.business_id = b and st.id = m.member_id and st.removed_at is null);
end $$;

create function open_by_key(p_business uuid, p_hash bytea) returns jsonb language plpgsql as $$
declare k record;
begin
  perform enter_scope('office', p_business);
  select id, name, scopes into k from api_keys where business_id = p_business and key_hash = p_hash and revoked_at is null and (expires_at is null or expires_at > now());
  if k.id is null then
    execute 'set local app.business = ''''';
    return jsonb_build_object('state', 'unknown');
  end if;
  return jsonb_build_object('state', 'open', 'business', p_business, 'key', k.id, 'name', k.name, 'scopes', k.scopes);
end $$;
