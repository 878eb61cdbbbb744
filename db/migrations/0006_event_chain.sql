-- Events are appended in one place: the head of the business is locked, each event takes the next number and the
-- hash of the one before, and whoever listens is told. Called last in a transaction, because it holds the head.

create function event_hash_of(p_prev bytea, p_seq bigint, p_id uuid, p_at timestamptz, p_actor_kind text, p_actor_id uuid, p_actor_name text,
  p_kind text, p_customer uuid, p_document uuid, p_property uuid, p_shown boolean, p_data jsonb, p_request text) returns bytea
language sql immutable parallel safe as $$
  select sha256(p_prev || convert_to(jsonb_build_array(p_seq, p_id, (extract(epoch from p_at) * 1000000)::bigint, p_actor_kind, p_actor_id, p_actor_name,
    p_kind, p_customer, p_document, p_property, p_shown, p_data, p_request)::text, 'UTF8')) $$;

-- p_events: [{id, actorKind, actorId, actorName, kind, customerId, documentId, propertyId, shown, data, requestId}]. Returns the last number given.
create function append_events(p_business uuid, p_at timestamptz, p_events jsonb) returns bigint language plpgsql as $$
declare
  head_seq bigint; head_hash bytea; prev bytea; e jsonb; a uuid; c uuid; d uuid; pr uuid;
begin
  select event_seq, event_hash into strict head_seq, head_hash from business_heads where business_id = p_business for update;
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
  perform pg_notify('events', p_business::text || ':' || head_seq::text);
  return head_seq;
end $$;

-- The first event whose link to the one before, or whose own content, no longer fits; null when the chain is whole.
create function broken_event(p_business uuid) returns bigint language sql stable as $$
  select min(seq) from (
    select seq, prev_hash, hash, lag(hash, 1, '\x'::bytea) over (order by seq) as before, lag(seq, 1, 0::bigint) over (order by seq) as seq_before,
      event_hash_of(prev_hash, seq, id, at, actor_kind, actor_id, actor_name, kind, customer_id, document_id, property_id, shown, data, request_id) as computed
    from events where business_id = p_business) chain
  where prev_hash <> before or hash <> computed or seq <> seq_before + 1 $$;
