-- Where a customer wants it, two different named persons approve. The first yes is a record of the chain; only the second approves.

alter table customers add column two_approvers_from_minor bigint check (two_approvers_from_minor between 0 and 99999999999); -- null: one is enough; 0: always two
grant select (two_approvers_from_minor) on customers to portal;

alter table approvals drop constraint approvals_kind_check;
alter table approvals add constraint approvals_kind_check
  check (kind in ('approved', 'first_approved', 'recommended', 'declined', 'changes_requested', 'withdrawn_approval'));
-- What else belongs to the evidence, such as who approved first. Records from before have none, and their fingerprints stay what they were.
alter table approvals add column further jsonb not null default '{}';

create or replace function approval_hash_of(a approvals) returns bytea language sql immutable parallel safe as $$
  select sha256(a.previous_hash || convert_to((jsonb_build_array(a.seq, a.id, a.kind, a.document_id, a.customer_id, a.property_id, a.number, a.revision, a.choices,
    encode(a.facts_sha256, 'hex'), a.currency, a.total_minor, a.tax_minor, a.deposit_minor, encode(a.terms_sha256, 'hex'), a.po_number, a.reason, a.line_reasons,
    a.person_id, a.typed_name, a.recorded_name, a.role, a.limit_minor, a.identified_by, a.identified_as, (extract(epoch from a.at) * 1000000)::bigint, a.time_zone,
    a.address, a.browser, a.undoes) || case when a.further = '{}' then '[]'::jsonb else jsonb_build_array(a.further) end)::text, 'UTF8')) $$;

create or replace function append_approval(p_business uuid, p_record jsonb) returns bigint language plpgsql as $$
declare
  head_seq bigint; head_hash bytea; a approvals;
begin
  insert into approval_heads (business_id) values (p_business) on conflict do nothing;
  select h.seq, h.hash into strict head_seq, head_hash from approval_heads h where h.business_id = p_business for update;
  a := jsonb_populate_record(null::approvals, p_record);
  a.business_id := p_business;
  a.seq := head_seq + 1;
  a.further := coalesce(a.further, '{}');
  a.facts_sha256 := sha256(convert_to(a.facts, 'UTF8'));
  a.previous_hash := head_hash;
  a.hash := approval_hash_of(a);
  insert into approvals select a.*;
  update approval_heads set seq = a.seq, hash = a.hash where business_id = p_business;
  return a.seq;
end $$;

-- The first yes while it waits for the second.
alter table estimate_standings
  add column first_approval_id uuid,
  add column first_approver_id uuid,
  add column first_approved_at timestamptz,
  add column first_approved_by text not null default '';
grant select (first_approval_id, first_approver_id, first_approved_at, first_approved_by), update (first_approval_id, first_approver_id, first_approved_at, first_approved_by)
  on estimate_standings to portal;
