-- Who approves in somebody's place for some days. The stand-in has what the one who is away may do at each moment: a copy kept by what the rights
-- are written with, because a press sees nobody's rights but its own.

create table stand_ins (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  person_id uuid not null,                                   -- who is away
  person_name text not null,
  stand_in_id uuid not null,
  stand_in_name text not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),        -- both days included, in the zone of the business
  rights jsonb not null,                                     -- [{propertyId, limitMinor, canManage}] of who is away, as they are now
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text not null default '',
  primary key (business_id, id),
  check (person_id <> stand_in_id)
);
create index stand_ins_person on stand_ins (business_id, person_id, customer_id) where ended_at is null;
create index stand_ins_stand_in on stand_ins (business_id, stand_in_id, customer_id) where ended_at is null;
create index stand_ins_customer on stand_ins (business_id, customer_id, until_on);
alter table stand_ins add constraint stand_ins_customer foreign key (business_id, customer_id) references customers (business_id, id);
alter table stand_ins add constraint stand_ins_person foreign key (business_id, person_id) references people (business_id, id);
alter table stand_ins add constraint stand_ins_stand_in foreign key (business_id, stand_in_id) references people (business_id, id);

create function rights_to_stand_in_for(p_business uuid, p_person uuid, p_customer uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('propertyId', g.property_id, 'limitMinor', g.approve_limit_minor, 'canManage', g.can_manage) order by g.id), '[]')
    from grants g where g.business_id = p_business and g.person_id = p_person and g.customer_id = p_customer and g.revoked_at is null and g.can_view
$$;
create function keep_stand_ins() returns trigger language plpgsql as $$
begin
  update stand_ins s set rights = rights_to_stand_in_for(new.business_id, new.person_id, new.customer_id)
    where s.business_id = new.business_id and s.person_id = new.person_id and s.customer_id = new.customer_id and s.ended_at is null;
  return null;
end $$;
create trigger grants_stood_in_for after insert or update on grants for each row execute function keep_stand_ins();

alter table stand_ins enable row level security;
alter table stand_ins force row level security;
create policy office_own on stand_ins for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on stand_ins for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_read on stand_ins for select to portal using (business_id = app_business() and customer_id = any (app_accounts())
  and (person_id = any (app_people()) or stand_in_id = any (app_people())));
grant select, insert, update (rights, ended_at, ended_by) on stand_ins to office, system;
grant select on stand_ins to portal;

-- Since when an estimate waits for the one it waits for, in whose place, and how often that person was reminded.
alter table estimate_standings
  add column waiting_since timestamptz,
  add column waiting_instead_of_id uuid,
  add column waiting_instead_of text not null default '',
  add column approver_reminded_at timestamptz,
  add column approver_reminders integer not null default 0;
grant select (waiting_since, waiting_instead_of_id, waiting_instead_of, approver_reminded_at, approver_reminders) on estimate_standings to portal;
