-- What a processor keeps of each payment: its own entries as they are told, and the fee of a payment as its figure.

-- One movement on the business's balance at a processor; the same reference twice is the same movement.
create table processor_entries (
  business_id uuid not null,
  id uuid not null,
  gateway text not null,
  reference text not null,                                   -- the processor's id of the movement
  kind text not null check (kind in ('payment', 'refund', 'dispute', 'fee', 'payout', 'other')),
  payment_reference text not null default '',                -- the processor's id of the payment it is about
  payment_id uuid,                                           -- ours, once it is known to be
  amount_minor bigint not null,                              -- before the fee; below zero: taken
  fee_minor bigint not null,                                 -- below zero: given back
  currency text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, gateway, reference)
);
create index processor_entries_payment on processor_entries (business_id, payment_id) where payment_id is not null;
create index processor_entries_unlinked on processor_entries (business_id, gateway, payment_reference) where payment_id is null;
alter table processor_entries add constraint processor_entries_payment foreign key (business_id, payment_id) references payments (business_id, id);
alter table processor_entries enable row level security;
alter table processor_entries force row level security;
create policy office_own on processor_entries for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on processor_entries for all to system using (business_id = app_business()) with check (business_id = app_business());
grant select on processor_entries to office, system;
grant insert on processor_entries to system;
grant update (payment_id) on processor_entries to system;

alter table payments add column fee_minor bigint;            -- null: the processor has not told it yet, or there is none
grant update (fee_minor) on payments to system;
-- Payments of a processor whose fee is still to be told.
create index payments_fee_awaited on payments (business_id, gateway, created_at) where fee_minor is null and gateway_payment is not null and cleared_at is not null;

do $$ declare def text; begin
  select pg_get_constraintdef(oid) into def from pg_constraint where conname = 'ledger_kind_check' and conrelid = 'ledger'::regclass;
  alter table ledger drop constraint ledger_kind_check;
  execute 'alter table ledger add constraint ledger_kind_check ' || replace(def, '''dispute_fee''::text', '''dispute_fee''::text, ''fee''::text');
end $$;
