-- What is charged and granted beside the lines: late fees, early-payment discounts, deposits, and items that are never taxed.

alter table items add column taxable boolean not null default true;

-- What an invoice is for: a bill, a fee for paying a bill late, or money asked for ahead. `about` is the bill a fee is charged for.
alter table invoices
  add column purpose text not null default 'bill' check (purpose in ('bill', 'late_fee', 'deposit')),
  add column about_id uuid,
  add column about_number text not null default '',
  add column late_fee jsonb,                                 -- the rule as issued; null: none
  add column early_discount jsonb,                           -- the rule as issued, with its day and amount; null: none
  add column deposits jsonb not null default '[]';           -- [{id, number, amountMinor}] applied as it was issued
grant select (purpose, about_id, about_number, late_fee, early_discount, deposits) on invoices to portal;

alter table invoice_standings
  add column purpose text not null default 'bill' check (purpose in ('bill', 'late_fee', 'deposit')),
  add column discounted_minor bigint not null default 0,     -- of credited: granted for paying early
  add column deposit_minor bigint not null default 0,        -- of credited: deposits applied
  add column early_minor bigint not null default 0,          -- what paying the whole by early_until saves
  add column early_until date,
  add column fee_next_on date,                               -- the next day a late fee is judged; null: none (any more)
  add constraint invoice_standings_credited check (discounted_minor >= 0 and deposit_minor >= 0 and discounted_minor + deposit_minor <= credited_minor),
  add constraint invoice_standings_early check (early_minor between 0 and total_minor and (early_minor = 0 or early_until is not null));
-- Sums of what is open read this index alone, so it carries what they look at.
drop index invoice_standings_open;
create index invoice_standings_open on invoice_standings (business_id, due_on, document_id)
  include (balance_minor, processing_minor, unknown_minor, announced_minor, announced_for, in_question_minor, held_back_minor, due_later_minor, closed_at, customer_id,
    early_minor, early_until, started_on)
  where balance_minor > 0 and state = 'issued';
create index invoice_standings_fees on invoice_standings (business_id, fee_next_on, document_id) where fee_next_on is not null and balance_minor > 0;

create or replace function refuse_frozen_standing() returns trigger language plpgsql as $$
begin
  -- Only history nobody was shown may leave the lists again, and only with nothing owed on it.
  if old.state = 'issued' and new.state = 'undone' and old.imported and not old.shown and new.total_minor = new.credited_minor + new.paid_minor + new.canceled_minor + new.written_off_minor
     and (new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported)
     is not distinct from (old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported) then
    return new;
  end if;
  if old.state in ('issued', 'undone') and (new.state, new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported, new.purpose, new.early_minor, new.early_until)
     is distinct from (old.state, old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported, old.purpose, old.early_minor, old.early_until) then
    raise exception 'an issued invoice never changes' using errcode = '55000';
  end if;
  return new;
end $$;

-- What a business usually agrees, and what it agreed with one customer instead (null: as usual).
create table charge_rules (
  business_id uuid not null,
  version integer not null default 1,
  late_fee jsonb,
  early_discount jsonb,
  send_fees boolean not null default false,                  -- fees leave by themselves; else they wait as drafts
  primary key (business_id)
);
create table customer_charges (
  business_id uuid not null,
  customer_id uuid not null,
  version integer not null default 1,
  late_fee jsonb,                                            -- "off": never
  early_discount jsonb,
  primary key (business_id, customer_id)
);

-- Each period of lateness of an invoice once, whatever became of its fee.
create table late_fees (
  business_id uuid not null,
  document_id uuid not null,
  period integer not null check (period >= 0),
  fee_id uuid not null,                                      -- the fee's own invoice; a draft of it may have been thrown away
  base_minor bigint not null check (base_minor > 0),
  amount_minor bigint not null check (amount_minor > 0),
  judged_on date not null,
  primary key (business_id, document_id, period)
);
create index late_fees_fee on late_fees (business_id, fee_id);

-- What was used of the money paid on a deposit: the running figure, and each use of it.
create table deposits (
  business_id uuid not null,
  document_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  currency text not null,
  used_minor bigint not null default 0 check (used_minor >= 0),
  primary key (business_id, document_id)
);
create index deposits_customer on deposits (business_id, customer_id);
create table deposit_uses (
  business_id uuid not null,
  id uuid not null,
  deposit_id uuid not null,
  kind text not null check (kind in ('applied', 'taken_off', 'credited', 'refunded')),
  document_id uuid,                                          -- the bill it went on, or came off
  amount_minor bigint not null check (amount_minor > 0),
  used_on date not null,
  method text not null default '',
  reference text not null default '',
  used_by text not null default '',
  recorded_at timestamptz not null,
  primary key (business_id, id),
  check ((document_id is not null) = (kind in ('applied', 'taken_off')))
);
create index deposit_uses_deposit on deposit_uses (business_id, deposit_id, recorded_at);
create index deposit_uses_document on deposit_uses (business_id, document_id) where document_id is not null;

alter table ledger add column tax_rate_id uuid;              -- of taxes given back with a discount: at which rate
alter table ledger drop constraint ledger_kind_check;
alter table ledger add constraint ledger_kind_check check (kind in ('issue', 'tax', 'cancel', 'cancel_tax', 'clear', 'allocate', 'unallocate', 'reverse', 'return',
  'refund', 'credit', 'write_off', 'opening', 'discount', 'discount_tax', 'deposit', 'cancel_deposit', 'apply_deposit', 'credit_deposit', 'refund_deposit'));

alter table charge_rules add constraint charge_rules_business foreign key (business_id) references businesses (id);
alter table customer_charges add constraint customer_charges_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table late_fees add constraint late_fees_document foreign key (business_id, document_id) references documents (business_id, id);
alter table deposits add constraint deposits_document foreign key (business_id, document_id) references documents (business_id, id);
alter table deposits add constraint deposits_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table deposit_uses add constraint deposit_uses_deposit foreign key (business_id, deposit_id) references deposits (business_id, document_id);
alter table deposit_uses add constraint deposit_uses_document foreign key (business_id, document_id) references documents (business_id, id);
alter table invoices add constraint invoices_about foreign key (business_id, about_id) references documents (business_id, id);

do $$ declare t text; begin
  foreach t in array array['charge_rules', 'customer_charges', 'late_fees', 'deposits', 'deposit_uses'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('grant select, insert on %I to office, system', t);
  end loop;
end $$;
grant update (version, late_fee, early_discount, send_fees) on charge_rules to office;
grant update (version, late_fee, early_discount) on customer_charges to office;
grant update (used_minor) on deposits to office, system;
