-- A tip: an amount of its own beside what a payment brings for bills. It is never part of an invoice, a balance or a credit.

alter table business_profiles
  add column tips_offered boolean not null default false,
  add column tip_percents jsonb not null default '[10, 15, 20]' check (jsonb_typeof(tip_percents) = 'array' and jsonb_array_length(tip_percents) between 1 and 3),
  add column tip_cap_percent integer not null default 100 check (tip_cap_percent between 1 and 100);

alter table payments
  add column tip_minor bigint not null default 0 check (tip_minor >= 0),   -- charged with the amount, in one sum
  add constraint payments_charged check (amount_minor + tip_minor <= 99999999);

-- Of a tip goes back what was chosen so, beside what goes back of the payment; a refund may be of a tip alone.
alter table refunds
  add column tip_minor bigint not null default 0 check (tip_minor >= 0),
  drop constraint refunds_amount_minor_check,
  add constraint refunds_amount check (amount_minor >= 0 and amount_minor + tip_minor > 0);
grant select (tip_minor) on refunds to portal;

-- What a chargeback took of the tip, after what it took of the payment.
alter table disputes add column tip_minor bigint not null default 0 check (tip_minor >= 0);
grant update (tip_minor) on disputes to system;

do $$ declare def text; begin
  select pg_get_constraintdef(oid) into def from pg_constraint where conname = 'ledger_kind_check' and conrelid = 'ledger'::regclass;
  alter table ledger drop constraint ledger_kind_check;
  execute 'alter table ledger add constraint ledger_kind_check ' || replace(def, '''dispute_fee''::text', '''dispute_fee''::text, ''tip''::text, ''tip_back''::text');
end $$;
create index ledger_tips on ledger (business_id, effective_on) where kind in ('tip', 'tip_back');
