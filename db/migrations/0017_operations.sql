-- What the host is told. Both tables belong to no business and hold no business's data: names of conditions, times and counts.

-- When something that should happen again and again last did, and what it found.
create table host_checks (
  name text primary key check (name ~ '^[a-z_]{1,40}$'),
  at timestamptz not null,
  found bigint not null default 0 check (found >= 0)
);
-- Conditions that need a hand now: told once when they begin and once when they end.
create table host_alerts (
  condition text primary key check (condition ~ '^[a-z_]{1,40}$'),
  since timestamptz not null,
  found bigint not null default 0,
  told_at timestamptz,
  ended_at timestamptz
);
grant select, insert, update, delete on host_checks, host_alerts to system;

-- Fair between businesses: a task stands behind those of businesses that have fewer waiting, so ten thousand of one delay another's by a few.
-- Counted to two hundred, so that queueing costs the same however much waits.
create index private_jobs_business on graphile_worker._private_jobs ((payload ->> 'businessId')) where is_available;
create or replace function enqueue_task(p_task text, p_payload jsonb, p_run_at timestamptz, p_key text, p_max_attempts integer, p_priority integer)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  business text := nullif(current_setting('app.business', true), '');
  ahead integer;
begin
  if business is null then
    raise exception 'a task needs a scope' using errcode = '42501';
  end if;
  select count(*) into ahead from (
    select from graphile_worker._private_jobs
      where payload ->> 'businessId' = business and is_available and run_at <= clock_timestamp() limit 200) waiting;
  perform graphile_worker.add_job(
    p_task, (p_payload || jsonb_build_object('businessId', business))::json,
    run_at => p_run_at, max_attempts => p_max_attempts, priority => p_priority + ahead / 10,
    job_key => business || ':' || p_task || ':' || p_key);
end $$;

-- Notices nobody has worked through yet: few, and looked for every minute.
create index inbound_events_waiting on inbound_events (business_id, received_at) where handled_at is null;
