-- Estimates: priced documents a customer decides on. Lines, totals, taxes, parts and facts stand in the tables of all priced documents; the first
-- and every later version are documents of their own under one number. That one has expired is worked out from its last day, never stored.

alter table business_profiles
  add column estimate_valid_days integer not null default 30 check (estimate_valid_days between 1 and 365),
  add column estimate_terms text not null default '',
  add column estimate_remind_days integer not null default 3 check (estimate_remind_days between 0 and 30), -- before the last day; 0: never
  add column undo_hours integer not null default 24 check (undo_hours between 0 and 720),
  add column code_threshold_minor bigint default 100000 check (code_threshold_minor >= 0); -- above it a code before approving; null: never for its amount

-- What the customer decides about a line of an estimate: {choice, bounds}. Null on invoices, and on lines that are always part of it.
alter table document_lines add column choice jsonb;

create table estimates (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null,
  root_id uuid not null,                                     -- the first version
  revision integer not null check (revision between 1 and 999),
  series text not null,
  number text not null,
  number_seq bigint not null,
  issued_on date not null,
  valid_until date not null,                                 -- as issued; the standing carries a later one
  seller jsonb not null,
  bill_to jsonb not null,
  customer_kind text not null,
  po_number text not null default '',
  scope text not null default '',
  exclusions text not null default '',
  terms text not null default '',
  terms_sha256 bytea not null,
  deposit jsonb,                                             -- {kind, ratePpm | amountMinor}; null: none
  plan jsonb,                                                -- [{label, ratePpm | amountMinor}]; null: paid as one
  tax_rates jsonb not null default '[]',                     -- every rate of every line, chosen or not, as it was
  message text not null default '',
  internal_note text not null default '',
  primary key (business_id, document_id),
  unique (business_id, series, number, revision)
);
create index estimates_root on estimates (business_id, root_id, revision);

-- The standing of an estimate, draft or issued: what lists are made of and what deciding looks at.
create table estimate_standings (
  business_id uuid not null,
  document_id uuid not null,
  version integer not null default 1,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default false,
  state text not null default 'draft' check (state in ('draft', 'sent', 'approved', 'declined', 'changes_requested', 'withdrawn', 'replaced')),
  number text,
  revision integer not null default 1,
  customer_name text not null,
  po_number text not null default '',
  currency text not null,
  listed_on date not null,                                   -- issued on, or the day a draft was begun
  issued_on date,
  valid_until date,
  total_minor bigint not null check (total_minor between 0 and 99999999999),   -- as suggested
  chosen_minor bigint check (chosen_minor between 0 and 99999999999),          -- as approved
  deposit_minor bigint check (deposit_minor between 0 and chosen_minor),       -- of it, asked for ahead
  decided_at timestamptz,
  decided_by text not null default '',                       -- the name that was signed with, or of who withdrew it
  reason text not null default '',                           -- of declining, of asking for changes, of withdrawing
  approval_withdrawn_at timestamptz,
  recommended_at timestamptz,
  recommended_by text not null default '',
  waiting_for_id uuid,
  waiting_for_name text not null default '',
  replaced_by_id uuid,
  invoice_id uuid,                                           -- what was made of it
  deposit_invoice_id uuid,
  sent_at timestamptz,
  last_mailed_at timestamptz,
  opened_at timestamptz,
  reminded_on date,                                          -- the last day it was valid until, when it was reminded of
  delivery text not null default 'none' check (delivery in ('none', 'queued', 'sent', 'bounced')),
  primary key (business_id, document_id)
);
create index estimate_standings_list on estimate_standings (business_id, listed_on desc, document_id desc) where state <> 'replaced';
create index estimate_standings_customer on estimate_standings (business_id, customer_id, listed_on desc, document_id desc);
create index estimate_standings_state on estimate_standings (business_id, state, listed_on desc, document_id desc);
create index estimate_standings_waiting on estimate_standings (business_id, valid_until, document_id) where state = 'sent';
create index estimate_standings_decided on estimate_standings (business_id, decided_at) where decided_at is not null;

alter table estimates add constraint estimates_document foreign key (business_id, document_id, customer_id, shown)
  references documents (business_id, id, customer_id, shown) on update cascade;
alter table estimates add constraint estimates_root foreign key (business_id, root_id) references documents (business_id, id);
alter table estimate_standings add constraint estimate_standings_document foreign key (business_id, document_id, customer_id, shown)
  references documents (business_id, id, customer_id, shown) on update cascade;

create function refuse_frozen_estimate() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'an issued estimate is never deleted' using errcode = '55000'; end if;
  if (new.number, new.revision, new.currency, new.issued_on, new.total_minor) is distinct from (old.number, old.revision, old.currency, old.issued_on, old.total_minor)
     or new.state = 'draft' then
    raise exception 'an issued estimate never changes' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger estimate_standings_frozen before update on estimate_standings for each row when (old.state <> 'draft') execute function refuse_frozen_estimate();
create trigger estimate_standings_kept before delete on estimate_standings for each row when (old.state <> 'draft') execute function refuse_frozen_estimate();

do $$ declare t text; begin
  foreach t in array array['estimates', 'estimate_standings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy portal_read on %I for select to portal using (business_id = app_business() and shown
      and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))', t);
    execute format('grant select, insert on %I to office, system', t);
  end loop;
end $$;
grant update on estimate_standings to office, system;
grant delete on estimate_standings to office;
grant update (revision_of, replaces) on documents to office, system;
grant select (business_id, document_id, customer_id, property_id, shown, root_id, revision, series, number, issued_on, valid_until, seller, bill_to, customer_kind, po_number,
  scope, exclusions, terms, terms_sha256, deposit, plan, tax_rates, message) on estimates to portal;
grant select (business_id, document_id, version, customer_id, property_id, shown, state, number, revision, customer_name, po_number, currency, listed_on, issued_on,
  valid_until, total_minor, chosen_minor, deposit_minor, decided_at, decided_by, reason, approval_withdrawn_at, recommended_at, recommended_by, waiting_for_id, waiting_for_name,
  replaced_by_id, invoice_id, deposit_invoice_id, sent_at, last_mailed_at, opened_at) on estimate_standings to portal;

-- A link to an estimate works while it waits, and until 60 days after its last mail or 30 days after it was decided or expired, whichever is later.
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
    if not ended then
      select coalesce(bool_or(now() > estimate_link_until(e.state, e.valid_until, e.decided_at, z.time_zone)), false) into ended
        from estimate_standings e join businesses z on z.id = b where e.business_id = b and e.document_id = l.document_id;
    end if;
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

-- Thirty days after the decision, or after the end of the last day of one that was left waiting.
create function estimate_link_until(state text, valid_until date, decided_at timestamptz, time_zone text) returns timestamptz language sql stable parallel safe as $$
  select case when state = 'sent' then (valid_until + 31)::timestamp at time zone time_zone else decided_at + interval '30 days' end
$$;
