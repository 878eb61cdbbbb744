-- Jobs, the work list of each, and their visits. What a job or a visit is stands here; what it costs is an invoice, as always.

alter table business_profiles
  add column visits_shown boolean not null default true,     -- a visit is shown to the customer when it is planned
  add column crew_named boolean not null default true;       -- with the first names of those who come

create table jobs (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  number integer not null check (number > 0),
  customer_id uuid not null,
  property_id uuid,
  title text not null,
  crew_notes text not null default '',
  customer_notes text not null default '',
  po_number text not null default '',
  estimate_id uuid,                                          -- the version whose approval it carries out
  state text not null default 'planned' check (state in ('planned', 'under_way', 'done', 'canceled')),
  reason text not null default '',                           -- of canceling
  currency text not null,
  total_minor bigint not null default 0 check (total_minor between 0 and 99999999999),  -- what the work list comes to, with tax
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (business_id, id),
  unique (business_id, id, customer_id),
  unique (business_id, number),
  check ((ended_at is not null) = (state in ('done', 'canceled')))
);
create index jobs_state on jobs (business_id, state, number desc);
create index jobs_customer on jobs (business_id, customer_id, number desc);
create unique index jobs_estimate on jobs (business_id, estimate_id) where estimate_id is not null and state <> 'canceled';

create table visits (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  sequence integer not null default 0,                       -- of the entry in somebody's calendar: goes up with each change of when
  job_id uuid not null,
  customer_id uuid not null,
  property_id uuid,
  title text not null,
  customer_note text not null default '',
  day date not null,
  from_time text check (from_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  until_time text check (until_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  crew uuid[] not null default '{}',                         -- staff; here, because a policy looks at its own row only
  state text not null default 'planned' check (state in ('planned', 'on_the_way', 'started', 'done', 'skipped', 'canceled')),
  shown boolean not null,
  done_note text not null default '',                        -- what was done; the customer reads it
  reason text not null default '',                           -- of skipping or canceling
  on_the_way_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  invoice_id uuid,                                           -- the newest that bills it, while it stands
  created_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, id, job_id),
  check ((from_time is null) = (until_time is null) and (from_time is null or from_time < until_time)),
  check ((ended_at is not null) = (state in ('done', 'skipped', 'canceled')))
);
create index visits_day on visits (business_id, day, id);
create index visits_job on visits (business_id, job_id, day);
create index visits_customer on visits (business_id, customer_id, day desc, id desc);
create index visits_invoice on visits (business_id, invoice_id) where invoice_id is not null;

-- What a job is to do, priced as an invoice would be. A line that was billed has the same id on the invoice.
create table job_lines (
  business_id uuid not null,
  job_id uuid not null,
  id uuid not null,
  position integer not null,
  customer_id uuid not null,
  property_id uuid,
  visit_id uuid,                                             -- null: not of one visit
  line jsonb not null,                                       -- as on the draft of an invoice
  net_minor bigint not null,
  invoice_id uuid,
  primary key (business_id, job_id, id)
);
create index job_lines_invoice on job_lines (business_id, invoice_id) where invoice_id is not null;
create index job_lines_visit on job_lines (business_id, visit_id) where visit_id is not null;

alter table jobs add constraint jobs_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table jobs add constraint jobs_property foreign key (business_id, property_id) references properties (business_id, id);
alter table jobs add constraint jobs_estimate foreign key (business_id, estimate_id) references documents (business_id, id);
alter table visits add constraint visits_job foreign key (business_id, job_id, customer_id) references jobs (business_id, id, customer_id);
alter table visits add constraint visits_property foreign key (business_id, property_id) references properties (business_id, id);
alter table job_lines add constraint job_lines_job foreign key (business_id, job_id, customer_id) references jobs (business_id, id, customer_id);
alter table job_lines add constraint job_lines_visit foreign key (business_id, visit_id, job_id) references visits (business_id, id, job_id);

-- Photos of a visit. On an invoice that bills it they stand once more, as files of that invoice.
alter table file_refs add column visit_id uuid;
alter table file_refs add constraint file_refs_visit foreign key (business_id, visit_id) references visits (business_id, id);
create index file_refs_visit on file_refs (business_id, visit_id) where visit_id is not null;
grant update (visit_id) on file_refs to office, system;

-- An approval is taken back until work starts (and as long as the business lets it).
alter table estimate_standings add column work_started_at timestamptz;
grant select (work_started_at) on estimate_standings to portal;

do $$ declare t text; begin
  foreach t in array array['jobs', 'visits', 'job_lines'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('grant select, insert on %I to office, system', t);
  end loop;
end $$;
grant update on jobs, visits, job_lines to office, system;
grant delete on job_lines to office, system;

-- The crew sees the visits it makes, and of jobs those of its customers.
create policy crew_only on visits as restrictive for all to office using (app_whole() or app_crew() = any (crew)) with check (app_whole() or app_crew() = any (crew));

-- The customer sees visits that are shown; by the link of an invoice, those it bills. A job itself is the office's own affair.
create policy portal_read on visits for select to portal using (business_id = app_business() and shown
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or invoice_id = app_document()));
create policy portal_read on job_lines for select to portal using (business_id = app_business() and visit_id is not null
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or invoice_id = app_document()));
grant select (business_id, id, version, sequence, job_id, customer_id, property_id, title, customer_note, day, from_time, until_time, crew, state, shown, done_note, reason,
  on_the_way_at, started_at, ended_at, invoice_id, created_at) on visits to portal;
grant select (business_id, job_id, id, position, customer_id, property_id, visit_id, invoice_id) on job_lines to portal;

-- An invoice that was thrown away or canceled bills nothing any more; one that takes its place bills the same.
create function work_follows_invoice() returns trigger language plpgsql as $$
declare next_id uuid;
begin
  if tg_op = 'UPDATE' then next_id := new.replaced_by; end if;
  update job_lines set invoice_id = next_id where business_id = old.business_id and invoice_id = old.id;
  update visits set invoice_id = next_id where business_id = old.business_id and invoice_id = old.id;
  return null;
end $$;
create trigger documents_work_ended after update of canceled_at on documents for each row
  when (old.canceled_at is null and new.canceled_at is not null) execute function work_follows_invoice();
create trigger documents_work_thrown_away after delete on documents for each row execute function work_follows_invoice();

-- As before, and: whose visit is one's own is one's customer, from the day before until thirty days after.
create or replace function enter_crew(p_business uuid, p_staff uuid) returns void language plpgsql as $$
declare
  today date; c uuid[]; whole uuid[]; named uuid[]; pr uuid[]; pe uuid[];
begin
  select (now() at time zone time_zone)::date into today from businesses where id = p_business;
  select coalesce(array_agg(distinct customer_id), '{}'), coalesce(array_agg(distinct customer_id) filter (where property_id is null), '{}'),
         coalesce(array_agg(distinct property_id) filter (where property_id is not null), '{}')
    into c, whole, named from (
      select customer_id, property_id from assignments
        where business_id = p_business and staff_id = p_staff and ended_at is null and (on_day is null or today between on_day - 1 and on_day + 30)
      union all
      select customer_id, property_id from visits
        where business_id = p_business and day between today - 30 and today + 1 and p_staff = any (crew) and state not in ('skipped', 'canceled')) mine;
  select coalesce(array_agg(id), '{}') into pr from properties where business_id = p_business and (customer_id = any (whole) or id = any (named));
  select coalesce(array_agg(distinct person_id), '{}') into pe from grants where business_id = p_business and customer_id = any (c) and revoked_at is null;
  execute format('set local app.crew = %L; set local app.customers = %L; set local app.properties = %L; set local app.people = %L', p_staff, c, pr, pe);
end $$;
