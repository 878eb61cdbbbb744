-- Mail that arrives: why an address refuses mail, and a business's own sending domain.
alter table people add column bounce_kind text check (bounce_kind in ('bounced', 'complained'));
alter table people add column bounce_reason text not null default '';
update people set bounce_kind = 'bounced' where bounced_at is not null;
create index people_refusing on people (business_id, bounced_at desc, id) where bounced_at is not null and removed_at is null;

-- One domain a business. The private key is sealed with APP_SECRET; what is to stand in the DNS is public.
create table sending_domains (
  business_id uuid not null,
  id uuid not null,
  address text not null,                         -- what mails come from: billing@otter.example
  domain text not null,
  selector text not null,
  public_key text not null,
  sealed_key text not null,
  state text not null default 'waiting' check (state in ('waiting', 'verified', 'lost')),
  findings jsonb not null default '[]',          -- what the last look found, record by record
  checked_at timestamptz,
  verified_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id)
);
alter table sending_domains add constraint sending_domains_business foreign key (business_id) references businesses (id);
alter table sending_domains enable row level security;
alter table sending_domains force row level security;
create policy office_own on sending_domains for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on sending_domains for all to system using (business_id = app_business()) with check (business_id = app_business());
grant select, insert, delete on sending_domains to office, system;
grant update (state, findings, checked_at, verified_at) on sending_domains to office, system;
