-- The task queue is local to one server and belongs to no business, so it stands outside row-level security of tenants.
-- Workers take the role system; everyone else can only add, through one function that stamps the scope's business on the payload.

grant usage on schema graphile_worker to system;
grant select, insert, update, delete on all tables in schema graphile_worker to system;
grant usage, select on all sequences in schema graphile_worker to system;
grant execute on all functions in schema graphile_worker to system;
create policy workers on graphile_worker._private_jobs to system using (true) with check (true);
create policy workers on graphile_worker._private_job_queues to system using (true) with check (true);
create policy workers on graphile_worker._private_tasks to system using (true) with check (true);
create policy workers on graphile_worker._private_known_crontabs to system using (true) with check (true);

-- Adds a task in the caller's transaction. A key replaces a waiting task of the same key and business; a queue runs its tasks one by one.
create function enqueue_task(p_task text, p_payload jsonb, p_run_at timestamptz, p_key text, p_max_attempts integer, p_priority integer)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare business text := nullif(current_setting('app.business', true), '');
begin
  if business is null then
    raise exception 'a task needs a scope' using errcode = '42501';
  end if;
  perform graphile_worker.add_job(
    p_task, (p_payload || jsonb_build_object('businessId', business))::json,
    run_at => p_run_at, max_attempts => p_max_attempts, priority => p_priority,
    job_key => business || ':' || p_task || ':' || p_key);
end $$;
revoke all on function enqueue_task(text, jsonb, timestamptz, text, integer, integer) from public;
grant execute on function enqueue_task(text, jsonb, timestamptz, text, integer, integer) to office, portal, system;

-- Frees what dead workers hold. Each worker pool keeps a session lock on its id for as long as it lives; a pool whose lock can be taken is
-- dead. The lock taken here ends with the transaction. The try counts, so that a task which kills its worker does not do so for ever.
create function free_dead_tasks() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare pool text; freed integer := 0; n integer;
begin
  for pool in
    select distinct locked_by from graphile_worker._private_jobs where locked_by is not null
    union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null
  loop
    if pg_try_advisory_xact_lock(hashtextextended(pool, 7205)) then
      update graphile_worker._private_jobs
        set locked_by = null, locked_at = null, run_at = now()
        where locked_by = pool;
      get diagnostics n = row_count;
      freed := freed + n;
      update graphile_worker._private_job_queues set locked_by = null, locked_at = null where locked_by = pool;
    end if;
  end loop;
  return freed;
end $$;
revoke all on function free_dead_tasks() from public;
grant execute on function free_dead_tasks() to system;

-- Tasks that failed for good, for the host to see and run again.
create view dead_tasks with (security_invoker = true) as
  select jobs.id, tasks.identifier as task, jobs.payload ->> 'businessId' as business, jobs.attempts, jobs.last_error, jobs.updated_at
  from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
  where jobs.attempts >= jobs.max_attempts and jobs.locked_at is null;
grant select on dead_tasks to system;
