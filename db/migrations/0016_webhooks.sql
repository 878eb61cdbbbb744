-- Outgoing webhooks: who listens, what goes to whom, and each try. The feed of events is the source; a delivery is one event for one endpoint.
-- And keys that are renamed, made to end, and told of before they do.

create table webhook_endpoints (
  business_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  url text not null,
  description text not null default '',
  kinds text[],                                  -- null: every kind of event
  state text not null check (state in ('active', 'disabled')),
  disabled_reason text check (disabled_reason in ('by_hand', 'gone', 'failing', 'secret_lost')),
  disabled_at timestamptz,
  secret text not null,                          -- sealed with a key from APP_SECRET
  old_secret text,                               -- signs too until the moment beside it
  old_secret_until timestamptz,
  cursor_seq bigint not null,                    -- events up to here have their delivery
  failures integer not null default 0,           -- tries in a row that failed
  failing_since timestamptz,
  last_delivered_at timestamptz,
  busy_until timestamptz,                        -- one worker at a time goes through its deliveries
  created_by_name text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (business_id, id),
  check ((state = 'disabled') = (disabled_at is not null))
);

create table webhook_deliveries (
  business_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,                        -- of a test: its own
  event_seq bigint,                              -- null: a test, which is in no feed
  kind text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  round integer not null default 0,              -- tries since it was queued or replayed
  tries integer not null default 0,              -- tries in all
  next_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  last_status integer,
  last_error text not null default '',
  primary key (business_id, id),
  unique (business_id, endpoint_id, event_id),
  check ((state = 'waiting') = (next_at is not null))
);
create index webhook_deliveries_due on webhook_deliveries (business_id, endpoint_id, next_at) where state = 'waiting';
create index webhook_deliveries_log on webhook_deliveries (business_id, endpoint_id, created_at, id);
create index webhook_deliveries_state on webhook_deliveries (business_id, endpoint_id, state, created_at, id);

-- One row per try, with the beginning of what was answered.
create table webhook_tries (
  business_id uuid not null,
  delivery_id uuid not null,
  number integer not null,
  at timestamptz not null,
  duration_ms integer not null,
  status integer,                                -- null: there was no answer
  error text not null default '',
  answer text not null default '',
  primary key (business_id, delivery_id, number)
);

alter table webhook_endpoints add constraint webhook_endpoints_business foreign key (business_id) references businesses (id);
alter table webhook_deliveries add constraint webhook_deliveries_endpoint foreign key (business_id, endpoint_id) references webhook_endpoints (business_id, id);
alter table webhook_tries add constraint webhook_tries_delivery foreign key (business_id, delivery_id) references webhook_deliveries (business_id, id);

do $$ declare t text; begin
  foreach t in array array['webhook_endpoints', 'webhook_deliveries', 'webhook_tries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
grant select, insert on webhook_endpoints, webhook_deliveries to office, system;
grant select on webhook_tries to office;
grant select, insert on webhook_tries to system;
grant update (version, url, description, kinds, state, disabled_reason, disabled_at, secret, old_secret, old_secret_until, cursor_seq, failures, failing_since,
  last_delivered_at, busy_until, removed_at) on webhook_endpoints to office, system;
grant update (state, round, tries, next_at, ended_at, last_status, last_error) on webhook_deliveries to office, system;
grant delete on webhook_deliveries, webhook_tries to system;

-- Whether anybody listens stands on the head, which every act that leaves an event locks anyway: it costs nothing to know.
alter table business_heads add column listening boolean not null default false;

-- As before, and when somebody listens the task that hands the events on is queued in the same transaction: it exists if and only if they do.
create or replace function append_events(p_business uuid, p_at timestamptz, p_events jsonb) returns bigint language plpgsql as $$
declare
  head_seq bigint; head_hash bytea; heard boolean; prev bytea; e jsonb; a uuid; c uuid; d uuid; pr uuid;
begin
  select event_seq, event_hash, listening into strict head_seq, head_hash, heard from business_heads where business_id = p_business for update;
  for e in select * from jsonb_array_elements(p_events) loop
    prev := head_hash;
    head_seq := head_seq + 1;
    a := (e->>'actorId')::uuid; c := (e->>'customerId')::uuid; d := (e->>'documentId')::uuid; pr := (e->>'propertyId')::uuid;
    head_hash := event_hash_of(prev, head_seq, (e->>'id')::uuid, p_at, e->>'actorKind', a, e->>'actorName', e->>'kind', c, d, pr,
      (e->>'shown')::boolean, e->'data', e->>'requestId');
    insert into events (business_id, seq, id, at, actor_kind, actor_id, actor_name, kind, customer_id, document_id, property_id, shown, data, request_id, prev_hash, hash)
    values (p_business, head_seq, (e->>'id')::uuid, p_at, e->>'actorKind', a, e->>'actorName', e->>'kind', c, d, pr,
      (e->>'shown')::boolean, e->'data', e->>'requestId', prev, head_hash);
  end loop;
  update business_heads set event_seq = head_seq, event_hash = head_hash where business_id = p_business;
  if heard then
    perform enqueue_task('hand-on-events', '{}', null, 'all', 25, 10);
  end if;
  perform pg_notify('events', p_business::text || ':' || head_seq::text);
  return head_seq;
end $$;

-- Keys: renamed, told of before they end, and made to end later than now when another takes their place.
alter table api_keys add column told_of_end_at timestamptz;
alter table api_keys add column replaced_by uuid;
grant update (name, expires_at, told_of_end_at, replaced_by) on api_keys to office, system;
create index api_keys_ending on api_keys (business_id, expires_at) where revoked_at is null and expires_at is not null;
