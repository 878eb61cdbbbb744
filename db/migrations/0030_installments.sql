-- An invoice may be paid in installments. The plan as issued is frozen with the invoice; the plan as it runs stands with what became of it, and the
-- office may plan anew what is left. What is due now, later and overdue is worked out from the plan and the balance, never stored.

alter table invoices add column installments jsonb;          -- [{dueOn, amountMinor}] as issued, oldest first, summing to the total; null: paid as one
grant select (installments) on invoices to portal;

-- Of what the installments come to: what falls due after a day.
create function due_after(plan jsonb, day date) returns bigint language sql immutable strict parallel safe as $$
  select coalesce(sum((r ->> 'amountMinor')::bigint), 0)::bigint from jsonb_array_elements(plan) r where (r ->> 'dueOn')::date > day
$$;

-- The day of the oldest installment that what is left holds open; the last day once nothing is left.
create function open_since(plan jsonb, rest bigint) returns date language sql immutable strict parallel safe as $$
  select (w.r ->> 'dueOn')::date from (select x.r, x.at, count(*) over () as last, sum((x.r ->> 'amountMinor')::bigint) over (order by x.at desc) - (x.r ->> 'amountMinor')::bigint as after
    from jsonb_array_elements(plan) with ordinality x (r, at)) w
  where rest > w.after or w.at = w.last order by w.at limit 1
$$;

-- What is left, installment by installment: settled money closes them from the oldest on, and what is left beyond the plan is due with the first.
create function open_installments(plan jsonb, rest bigint) returns table (due_on date, open_minor bigint) language sql immutable strict parallel safe as $$
  select (w.r ->> 'dueOn')::date, (case when w.at = 1 then rest - w.after else least(w.amount, rest - w.after) end)::bigint
  from (select x.r, x.at, (x.r ->> 'amountMinor')::bigint as amount, sum((x.r ->> 'amountMinor')::bigint) over (order by x.at desc) - (x.r ->> 'amountMinor')::bigint as after
    from jsonb_array_elements(plan) with ordinality x (r, at)) w
  where rest > w.after
$$;

-- Of what is left, what falls due between two days, both included.
create function open_between(plan jsonb, rest bigint, first_day date, last_day date) returns bigint language sql immutable strict parallel safe as $$
  select coalesce(sum(o.open_minor), 0)::bigint from open_installments(plan, rest) o where o.due_on between first_day and last_day
$$;

alter table invoice_standings
  add column installments jsonb check (jsonb_typeof(installments) = 'array' and jsonb_array_length(installments) between 2 and 24),
  drop column due_later_minor;
-- Sums of what is open read this index alone, so it carries what they look at.
drop index if exists invoice_standings_open;
create index invoice_standings_open on invoice_standings (business_id, due_on, document_id)
  include (balance_minor, processing_minor, unknown_minor, announced_minor, announced_for, in_question_minor, held_back_minor, installments, closed_at, customer_id,
    early_minor, early_until, started_on)
  where balance_minor > 0 and state = 'issued';
create index invoice_standings_installments on invoice_standings (business_id, document_id) where installments is not null and balance_minor > 0 and state = 'issued';

-- With installments the due day is that of the oldest open one: it moves with the balance, and whoever asks for what is late asks for it.
create function follow_installments() returns trigger language plpgsql as $$
begin
  new.due_on := open_since(new.installments, new.total_minor - new.credited_minor - new.paid_minor - new.canceled_minor - new.written_off_minor);
  return new;
end $$;
create trigger invoice_standings_due_day before insert or update on invoice_standings for each row
  when (new.installments is not null and new.state = 'issued') execute function follow_installments();

-- Each installment is reminded of by its own steps, once each.
alter table reminders add column installment_on date;        -- the day of the installment; null: the whole invoice
drop index reminders_once;
create unique index reminders_once on reminders (business_id, document_id, step, installment_on) nulls not distinct where outcome <> 'dropped';

create or replace function refuse_frozen_standing() returns trigger language plpgsql as $$
begin
  -- Only history nobody was shown may leave the lists again, and only with nothing owed on it.
  if old.state = 'issued' and new.state = 'undone' and old.imported and not old.shown and new.total_minor = new.credited_minor + new.paid_minor + new.canceled_minor + new.written_off_minor
     and (new.number, new.currency, new.issued_on, new.due_on, new.total_minor, new.imported)
     is not distinct from (old.number, old.currency, old.issued_on, old.due_on, old.total_minor, old.imported) then
    return new;
  end if;
  if old.state in ('issued', 'undone') and (new.state, new.number, new.currency, new.issued_on, new.total_minor, new.imported, new.purpose, new.early_minor, new.early_until)
     is distinct from (old.state, old.number, old.currency, old.issued_on, old.total_minor, old.imported, old.purpose, old.early_minor, old.early_until) then
    raise exception 'an issued invoice never changes' using errcode = '55000';
  end if;
  -- The due day is frozen too, but for one that follows its installments.
  if old.state in ('issued', 'undone') and new.installments is null and new.due_on is distinct from old.due_on then
    raise exception 'an issued invoice never changes' using errcode = '55000';
  end if;
  return new;
end $$;
