-- Imports as people use them: a file is kept, its columns are told apart and corrected, it is checked, brought in part by part, and can be taken back.

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in ('customers', 'invoices', 'items', 'openings'));
alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check check (state in ('waiting', 'running', 'checked', 'done', 'failed', 'canceled', 'undone'));
alter table imports
  add column version integer not null default 1,
  add column step text not null default 'import' check (step in ('check', 'import', 'undo')),
  add column file_sha256 bytea,                              -- null: nothing was uploaded, or by an earlier release
  add column file_bytes bigint not null default 0,
  add column template text,                                  -- which program's export it looks like
  add column header jsonb not null default '[]',
  add column mapping jsonb not null default '[]',            -- what each column means, by place; null: left out
  add column reading jsonb not null default '{}',            -- {encoding, delimiter, dates, decimals}
  add column guessed jsonb not null default '{}',            -- the same as it was guessed
  add column rows_total integer,
  add column left_out integer not null default 0,            -- by hand
  add column cancel_asked boolean not null default false,
  add column failure text not null default '',
  add column actor jsonb not null default '{}',              -- in whose name the work is done
  add column moved_at timestamptz;                           -- the last sign of life of whoever works on it
create unique index imports_one_writes on imports (business_id) where state = 'running' and step <> 'check';
create index imports_running on imports (business_id, moved_at) where state = 'running';

-- What is wrong where, of the last time the file was gone through.
create table import_problems (
  business_id uuid not null,
  import_id uuid not null,
  row integer not null,
  position integer not null,                                 -- which column, from 0; -1: the row as a whole
  code text not null,
  place text not null,                                       -- the heading of that column
  value text not null,
  keeps boolean not null,                                    -- the row comes in all the same
  primary key (business_id, import_id, row, position, code)
);
-- What was corrected by hand beside the file: a cell of a row; with row 0, every cell of a column that says `was`; with position -1, a row left out.
create table import_edits (
  business_id uuid not null,
  import_id uuid not null,
  row integer not null,
  position integer not null,
  was text not null default '',
  value text not null default '',
  primary key (business_id, import_id, row, position, was)
);
-- What a business said of a header is known when the same header comes again.
create table import_mappings (
  business_id uuid not null,
  header_hash bytea not null,
  kind text not null,
  mapping jsonb not null,
  reading jsonb not null,
  used_at timestamptz not null,
  primary key (business_id, header_hash)
);
-- What imports added and is still here, by what a file calls it: the same again adds nothing, and an import knows what to take back.
create table imported_things (
  business_id uuid not null,
  kind text not null check (kind in ('customer', 'property', 'person', 'invoice', 'item', 'opening', 'credit')),
  key text not null,
  thing_id uuid not null,
  customer_id uuid,
  import_id uuid not null,
  primary key (business_id, kind, key)
);
create index imported_things_import on imported_things (business_id, import_id, kind, thing_id);
create index imported_things_customer on imported_things (business_id, customer_id) where kind in ('opening', 'credit');

alter table import_problems add constraint import_problems_import foreign key (business_id, import_id) references imports (business_id, id);
alter table import_edits add constraint import_edits_import foreign key (business_id, import_id) references imports (business_id, id);
alter table imported_things add constraint imported_things_import foreign key (business_id, import_id) references imports (business_id, id);

do $$ declare t text; begin
  foreach t in array array['import_problems', 'import_edits', 'import_mappings', 'imported_things'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy office_own on %I for all to office using (business_id = app_business()) with check (business_id = app_business())', t);
    execute format('create policy system_own on %I for all to system using (business_id = app_business()) with check (business_id = app_business())', t);
  end loop;
end $$;
grant select, insert, delete on import_problems, imported_things to office, system;
grant select, insert, update (value), delete on import_edits to office, system;
grant select, insert, update (kind, mapping, reading, used_at) on import_mappings to office, system;

-- What was taken back with its import stays in the books and is nowhere else: no list, search, count or page of the office finds it. The system
-- still does, so that `verify` adds it up with the rest.
alter table customers add column undone_at timestamptz;
alter table properties add column undone_at timestamptz;
alter table items add column undone_at timestamptz;
create policy not_undone on customers as restrictive for select to office using (business_id = app_business() and undone_at is null);
create policy not_undone on properties as restrictive for select to office using (business_id = app_business() and undone_at is null);
create policy not_undone on items as restrictive for select to office using (business_id = app_business() and undone_at is null);

alter table invoice_standings drop constraint invoice_standings_state_check;
alter table invoice_standings add constraint invoice_standings_state_check check (state in ('draft', 'scheduled', 'issued', 'undone'));
create policy not_undone on invoice_standings as restrictive for select to office using (business_id = app_business() and state <> 'undone');
alter table payments drop constraint payments_state_check;
alter table payments add constraint payments_state_check
  check (state in ('initiated', 'pending', 'cleared', 'failed', 'unknown', 'expired', 'returned', 'reversed', 'refunded', 'disputed', 'undone'));
create policy not_undone on payments as restrictive for select to office using (business_id = app_business() and state <> 'undone');
create policy not_undone on payment_shares as restrictive for select to office using (business_id = app_business() and state <> 'undone');

create or replace function refuse_frozen_standing() returns trigger language plpgsql as $$
begin
  -- Only history nobody was shown may leave the lists again, and only with nothing owed on it.
  if old.state = 'issued' and new.state = 'undone' and old.imported and not old.shown and new.total_minor = new.credited_minor + new.paid_minor + new.canceled_minor + new.written_off_minor
     and (new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported)
     is not distinct from (old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported) then
    return new;
  end if;
  if old.state in ('issued', 'undone') and (new.state, new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported)
     is distinct from (old.state, old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported) then
    raise exception 'an issued invoice never changes' using errcode = '55000';
  end if;
  return new;
end $$;

-- A number of the past is one invoice's as long as that is here (imported_things says so); given back, it may come again. Our own never does.
alter table invoices drop constraint invoices_business_id_series_number_key;
create unique index invoices_own_number on invoices (business_id, series, number) where number_seq is not null;
create index invoices_number on invoices (business_id, series, number);
