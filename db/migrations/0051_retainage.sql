-- Retainage: a share of each progress invoice is held back until the business releases it. It stays owed, and is never due before.

alter table contracts add column retainage_ppm integer not null default 0 check (retainage_ppm between 0 and 500000);            -- of the next invoices
alter table contract_invoices add column retainage_ppm integer not null default 0 check (retainage_ppm between 0 and 500000);    -- of this one
alter table invoices add column held_back_minor bigint not null default 0 check (held_back_minor >= 0);                          -- as issued
grant select (held_back_minor) on invoices to portal;

do $$ declare def text; begin
  select pg_get_constraintdef(oid) into def from pg_constraint where conname = 'ledger_kind_check' and conrelid = 'ledger'::regclass;
  alter table ledger drop constraint ledger_kind_check;
  execute 'alter table ledger add constraint ledger_kind_check ' || replace(def, '''issue''::text', '''issue''::text, ''hold_back''::text, ''release''::text');
end $$;

-- What is held back is due with no installment.
create or replace function follow_installments() returns trigger language plpgsql as $$
begin
  new.due_on := open_since(new.installments, greatest(new.total_minor - new.credited_minor - new.paid_minor - new.canceled_minor - new.written_off_minor - new.held_back_minor, 0));
  return new;
end $$;

-- What takes the place of another holds back the same share.
create or replace function move_billed() returns trigger language plpgsql as $$
declare c uuid;
begin
  if old.state <> 'issued' then
    insert into contract_invoices (business_id, invoice_id, contract_id, source_id, bill, stage, retainage_ppm)
      select i.business_id, new.document_id, i.contract_id, i.source_id, i.bill, i.stage, i.retainage_ppm
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

drop function contract_room(uuid, uuid[]);
create function contract_room(p_business uuid, p_invoices uuid[])
  returns table (invoice_id uuid, contract_id uuid, left_minor bigint, retainage_ppm integer) language plpgsql as $$
begin
  perform from contracts k where k.business_id = p_business and k.id in (select i.contract_id from documents d
      join contract_invoices i on i.business_id = p_business and (i.invoice_id = d.id or i.invoice_id = d.replaces)
      where d.business_id = p_business and d.id = any (p_invoices)) order by k.id for update;
  -- What takes the place of another bills the same as it, or less.
  return query select d.id, k.id, k.original_minor + k.changes_minor - k.billed_minor + case when i.invoice_id = d.replaces then billed_of(s) else 0 end, i.retainage_ppm
    from documents d
    join contract_invoices i on i.business_id = p_business and (i.invoice_id = d.id or i.invoice_id = d.replaces)
    join contracts k on k.business_id = p_business and k.id = i.contract_id
    join invoice_standings s on s.business_id = p_business and s.document_id = i.invoice_id
    where d.business_id = p_business and d.id = any (p_invoices);
end $$;
