-- What the way of paying adds to a payment (a card fee) or takes off it (a saving for a bank debit): off, or one of the two, never both.

alter table business_profiles
  add column way_rule text not null default 'none' check (way_rule in ('none', 'card_fee', 'bank_saving')),
  add column card_fee_ppm integer not null default 30000 check (card_fee_ppm between 0 and 40000),
  add column card_fee_fixed_minor bigint not null default 0 check (card_fee_fixed_minor between 0 and 500),
  add column card_fee_most_minor bigint check (card_fee_most_minor > 0),
  add column bank_saving_ppm integer not null default 10000 check (bank_saving_ppm between 1 and 100000);

-- Above zero: the fee charged beside the amount; below: the saving taken off it. Frozen with the attempt.
alter table payments
  add column way_minor bigint not null default 0,
  drop constraint payments_charged,
  add constraint payments_charged check (amount_minor + tip_minor + way_minor between 1 and 99999999);

-- Of it goes back, with what goes back of the amount, its share.
alter table refunds
  add column way_minor bigint not null default 0,
  drop constraint refunds_amount,
  add constraint refunds_amount check (amount_minor >= 0 and amount_minor + tip_minor + way_minor > 0);
grant select (way_minor) on refunds to portal;

alter table disputes add column way_minor bigint not null default 0;
grant update (way_minor) on disputes to system;

do $$ declare of record; begin
  for of in select conname, pg_get_constraintdef(oid) as def from pg_constraint
      where conrelid = 'ledger'::regclass and conname in ('ledger_kind_check', 'ledger_debit_check', 'ledger_credit_check') loop
    execute 'alter table ledger drop constraint ' || quote_ident(of.conname);
    execute 'alter table ledger add constraint ' || quote_ident(of.conname) || ' '
      || replace(replace(of.def, '''tip''::text', '''tip''::text, ''card_fee''::text, ''card_fee_back''::text, ''saving''::text, ''saving_back''::text'),
        '''tips''::text', '''tips''::text, ''card_fees''::text, ''bank_savings''::text');
  end loop;
end $$;

-- What came in a month is the amounts less the savings, still read from the index alone.
drop index payments_cleared;
create index payments_cleared on payments (business_id, cleared_on) include (amount_minor, way_minor, state, customer_id) where cleared_on is not null;
