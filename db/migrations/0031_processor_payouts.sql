-- What a processor sent to the business's bank, and of which movements each transfer is made.

create table payouts (
  business_id uuid not null,
  id uuid not null,
  gateway text not null,
  reference text not null,                                   -- the processor's id of it
  state text not null check (state in ('pending', 'paid', 'failed', 'canceled')),
  amount_minor bigint not null,                              -- below zero: taken from the bank
  currency text not null,
  arrives_on date not null,
  made_at timestamptz not null,
  failure text not null default '',
  manual boolean not null default false,                     -- made by hand there: what it is made of is not told
  listed boolean not null default false,                     -- its movements were told
  recorded_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, gateway, reference)
);
create index payouts_list on payouts (business_id, made_at desc, id desc);
alter table payouts enable row level security;
alter table payouts force row level security;
create policy office_own on payouts for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on payouts for all to system using (business_id = app_business()) with check (business_id = app_business());
grant select on payouts to office, system;
grant insert on payouts to system;
grant update (state, amount_minor, arrives_on, failure, listed) on payouts to system;

alter table processor_entries add column payout_id uuid;
alter table processor_entries add constraint processor_entries_payout foreign key (business_id, payout_id) references payouts (business_id, id);
create index processor_entries_of_payout on processor_entries (business_id, payout_id, happened_at, id) where payout_id is not null;
grant update (payout_id) on processor_entries to system;
