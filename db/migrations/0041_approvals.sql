-- What customers decided: evidence that is only ever added to. Each record carries the hash of the one before in its business.

create table approval_heads (
  business_id uuid not null primary key,
  seq bigint not null default 0,
  hash bytea not null default '\x'
);
create table approvals (
  business_id uuid not null,
  seq bigint not null,
  id uuid not null,
  kind text not null check (kind in ('approved', 'recommended', 'declined', 'changes_requested', 'withdrawn_approval')),
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  shown boolean not null default true,
  number text not null,
  revision integer not null,
  choices jsonb not null,
  facts text not null,                                       -- what was on screen, as canonical JSON
  facts_sha256 bytea not null,
  currency text not null,
  total_minor bigint not null,
  tax_minor bigint not null,
  deposit_minor bigint not null,
  terms_sha256 bytea not null,
  po_number text not null default '',
  reason text not null default '',
  line_reasons jsonb not null default '[]',                  -- [{lineId, name, reason}]
  person_id uuid,                                            -- null: the holder of a link handed over by the office
  typed_name text not null default '',
  recorded_name text not null default '',
  role text not null default '',                             -- admin | approver | viewer, as it stood
  limit_minor bigint,                                        -- the limit that applied; null: none
  identified_by text not null check (identified_by in ('link', 'code', 'session', 'office')),
  identified_as text not null default '',                    -- the address, masked; or who of the office recorded it
  at timestamptz not null,
  time_zone text not null,
  address text not null default '',
  browser text not null default '',
  undoes uuid,                                               -- the approval a withdrawal takes back
  previous_hash bytea not null,
  hash bytea not null,
  primary key (business_id, seq),
  unique (business_id, id)
);
create index approvals_document on approvals (business_id, document_id, seq);
create index approvals_customer on approvals (business_id, customer_id, seq);

alter table approvals add constraint approvals_document foreign key (business_id, document_id) references documents (business_id, id);
alter table approvals add constraint approvals_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table approval_heads add constraint approval_heads_business foreign key (business_id) references businesses (id);

create function approval_hash_of(a approvals) returns bytea language sql immutable parallel safe as $$
  select sha256(a.previous_hash || convert_to(jsonb_build_array(a.seq, a.id, a.kind, a.document_id, a.customer_id, a.property_id, a.number, a.revision, a.choices,
    encode(a.facts_sha256, 'hex'), a.currency, a.total_minor, a.tax_minor, a.deposit_minor, encode(a.terms_sha256, 'hex'), a.po_number, a.reason, a.line_reasons,
    a.person_id, a.typed_name, a.recorded_name, a.role, a.limit_minor, a.identified_by, a.identified_as, (extract(epoch from a.at) * 1000000)::bigint, a.time_zone,
    a.address, a.browser, a.undoes)::text, 'UTF8')) $$;

-- Adds one record at the end of the chain of its business. `p_record`: the columns but for seq and the hashes. Answers its number.
create function append_approval(p_business uuid, p_record jsonb) returns bigint language plpgsql as $$
declare
  head_seq bigint; head_hash bytea; a approvals;
begin
  insert into approval_heads (business_id) values (p_business) on conflict do nothing;
  select h.seq, h.hash into strict head_seq, head_hash from approval_heads h where h.business_id = p_business for update;
  a := jsonb_populate_record(null::approvals, p_record);
  a.business_id := p_business;
  a.seq := head_seq + 1;
  a.facts_sha256 := sha256(convert_to(a.facts, 'UTF8'));
  a.previous_hash := head_hash;
  a.hash := approval_hash_of(a);
  insert into approvals select a.*;
  update approval_heads set seq = a.seq, hash = a.hash where business_id = p_business;
  return a.seq;
end $$;

-- The first record that no longer fits, and what of it: 'missing', 'link' to the one before, 'facts', 'record'; 'head' when the end was cut off.
create function broken_approval(p_business uuid) returns table (seq bigint, what text) language sql stable as $$
  select b.seq, b.what from (
    select a.seq, case when a.seq <> lag(a.seq, 1, 0::bigint) over w + 1 then 'missing' when a.previous_hash <> lag(a.hash, 1, '\x'::bytea) over w then 'link'
      when a.facts_sha256 <> sha256(convert_to(a.facts, 'UTF8')) then 'facts' when a.hash <> approval_hash_of(a) then 'record' end as what
    from approvals a where a.business_id = p_business window w as (order by a.seq)
    union all
    select h.seq, 'head' from approval_heads h where h.business_id = p_business
      and not exists (select from approvals l where l.business_id = p_business and l.seq = h.seq and l.hash = h.hash) and (h.seq > 0
        or exists (select from approvals l where l.business_id = p_business))
    union all
    select l.seq, 'head' from approvals l where l.business_id = p_business and not exists (select from approval_heads h where h.business_id = p_business)
  ) b where b.what is not null order by b.seq limit 1 $$;

create trigger approvals_kept before truncate on approvals for each statement execute function refuse_truncate();

do $$ declare t text; begin
  foreach t in array array['approvals', 'approval_heads'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('grant select, insert on %I to office, system, portal', t);
  end loop;
end $$;
grant update (seq, hash) on approval_heads to office, system, portal;
create policy portal_move on approval_heads for all to portal using (business_id = app_business()) with check (business_id = app_business());
-- Who signs reads what was signed on what they may see, and adds to it; the office's hand is never theirs.
create policy portal_read on approvals for select to portal using (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
create policy portal_add on approvals for insert to portal with check (business_id = app_business() and shown and identified_by <> 'office'
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
-- The decision is repeated on the standing; the grant names the only columns.
create policy portal_decide on estimate_standings for update to portal
  using (business_id = app_business() and shown and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()))
  with check (business_id = app_business() and shown and state in ('sent', 'approved', 'declined', 'changes_requested')
    and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
grant update (state, version, chosen_minor, deposit_minor, po_number, decided_at, decided_by, reason, approval_withdrawn_at, recommended_at, recommended_by, waiting_for_id,
  waiting_for_name) on estimate_standings to portal;
