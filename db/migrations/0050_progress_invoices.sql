-- A contract is billed piece by piece: which invoice bills what of it. A draft counts from the moment it is begun, so that together they never bill more.

create table contract_invoices (
  business_id uuid not null,
  invoice_id uuid not null,
  contract_id uuid not null,
  source_id uuid not null,                                   -- the estimate or change order it was made of
  bill text not null check (bill in ('whole', 'stage', 'percent', 'amount', 'rest')),
  stage integer check (stage between 0 and 11),              -- its place in the plan of the estimate
  primary key (business_id, invoice_id),
  check ((bill = 'stage') = (stage is not null))
);
create index contract_invoices_contract on contract_invoices (business_id, contract_id, invoice_id);
alter table contract_invoices add constraint contract_invoices_invoice foreign key (business_id, invoice_id) references documents (business_id, id) on delete cascade;
alter table contract_invoices add constraint contract_invoices_contract foreign key (business_id, contract_id) references contracts (business_id, id);
alter table contract_invoices enable row level security;
create policy office_own on contract_invoices for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on contract_invoices for all to system using (business_id = app_business()) with check (business_id = app_business());
grant select, insert on contract_invoices to office, system;

alter table contracts add column billed_minor bigint not null default 0;   -- issued, less what credit notes took back; not what was canceled

-- What one invoice bills of a contract today.
create function billed_of(s invoice_standings) returns bigint language sql immutable parallel safe as $$
  select case when s.canceled_at is null then s.total_minor - s.noted_minor else 0 end $$;

-- Whatever issues, cancels or credits an invoice moves what was billed of its contract. What takes its place bills the same; one that was
-- canceled is no invoice of the estimate any more, and another can be made.
create function move_billed() returns trigger language plpgsql as $$
declare c uuid;
begin
  if old.state <> 'issued' then
    insert into contract_invoices (business_id, invoice_id, contract_id, source_id, bill, stage)
      select i.business_id, new.document_id, i.contract_id, i.source_id, i.bill, i.stage
        from documents d join contract_invoices i on i.business_id = new.business_id and i.invoice_id = d.replaces
        where d.business_id = new.business_id and d.id = new.document_id
      on conflict do nothing;
  end if;
  select i.contract_id into c from contract_invoices i where i.business_id = new.business_id and i.invoice_id = new.document_id;
  if c is not null then
    update contracts set version = version + 1, billed_minor = (select coalesce(sum(billed_of(s)), 0) from contract_invoices i
        join invoice_standings s on s.business_id = new.business_id and s.document_id = i.invoice_id and s.state = 'issued'
        where i.business_id = new.business_id and i.contract_id = c)
      where business_id = new.business_id and id = c;
    if new.canceled_at is not null then
      update estimate_standings e set version = e.version + 1, invoice_id = (select i.invoice_id from contract_invoices i
          join invoice_standings s on s.business_id = new.business_id and s.document_id = i.invoice_id and s.canceled_at is null
          where i.business_id = new.business_id and i.source_id = e.document_id order by i.invoice_id desc limit 1)
        where e.business_id = new.business_id and e.invoice_id = new.document_id;
    end if;
  end if;
  return null;
end $$;
create trigger invoice_standings_billed after update on invoice_standings for each row
  when ((new.state, new.canceled_at, new.noted_minor) is distinct from (old.state, old.canceled_at, old.noted_minor)) execute function move_billed();

-- A draft that was thrown away leaves the one before it.
create or replace function forget_thrown_away_invoice() returns trigger language plpgsql as $$
begin
  update estimate_standings e set version = e.version + 1, invoice_id = (select i.invoice_id from contract_invoices i
      join invoice_standings s on s.business_id = old.business_id and s.document_id = i.invoice_id and s.canceled_at is null
      where i.business_id = old.business_id and i.source_id = e.document_id and i.invoice_id <> old.id order by i.invoice_id desc limit 1)
    where e.business_id = old.business_id and e.invoice_id = old.id;
  return null;
end $$;

-- Locks the contracts these invoices bill and answers what each leaves to be issued. Whoever issues an invoice comes here before its number.
create function contract_room(p_business uuid, p_invoices uuid[]) returns table (invoice_id uuid, contract_id uuid, left_minor bigint) language plpgsql as $$
begin
  perform from contracts k where k.business_id = p_business and k.id in (select i.contract_id from documents d
      join contract_invoices i on i.business_id = p_business and (i.invoice_id = d.id or i.invoice_id = d.replaces)
      where d.business_id = p_business and d.id = any (p_invoices)) order by k.id for update;
  -- What takes the place of another bills the same as it, or less.
  return query select d.id, k.id, k.original_minor + k.changes_minor - k.billed_minor + case when i.invoice_id = d.replaces then billed_of(s) else 0 end
    from documents d
    join contract_invoices i on i.business_id = p_business and (i.invoice_id = d.id or i.invoice_id = d.replaces)
    join contracts k on k.business_id = p_business and k.id = i.contract_id
    join invoice_standings s on s.business_id = p_business and s.document_id = i.invoice_id
    where d.business_id = p_business and d.id = any (p_invoices);
end $$;

-- What was made so far.
alter table contracts no force row level security;
alter table estimates no force row level security;
alter table estimate_standings no force row level security;
alter table invoice_standings no force row level security;
insert into contract_invoices (business_id, invoice_id, contract_id, source_id, bill)
  select s.business_id, s.invoice_id, e.root_id, s.document_id, 'whole' from estimate_standings s
    join estimates e on e.business_id = s.business_id and e.document_id = s.document_id
    join contracts k on k.business_id = s.business_id and k.id = e.root_id
    where s.invoice_id is not null and s.state = 'approved';
update contracts k set billed_minor = b.minor from (select i.business_id, i.contract_id, sum(billed_of(s))::bigint as minor
    from contract_invoices i join invoice_standings s on s.business_id = i.business_id and s.document_id = i.invoice_id and s.state = 'issued'
    group by i.business_id, i.contract_id) b
  where k.business_id = b.business_id and k.id = b.contract_id;
alter table contracts force row level security;
alter table estimates force row level security;
alter table estimate_standings force row level security;
alter table invoice_standings force row level security;
alter table contract_invoices force row level security;
