-- The invoice that was made of an estimate is a draft first. Thrown away, it is none any more, and another can be made.
create index estimate_standings_invoice on estimate_standings (business_id, invoice_id) where invoice_id is not null;
create function forget_thrown_away_invoice() returns trigger language plpgsql as $$
begin
  update estimate_standings set invoice_id = null, version = version + 1 where business_id = old.business_id and invoice_id = old.id;
  return null;
end $$;
create trigger documents_forgotten after delete on documents for each row execute function forget_thrown_away_invoice();
