-- What the home page adds up stays quick when a business has a hundred thousand payments: read from the index alone.

drop index payments_cleared;
create index payments_cleared on payments (business_id, cleared_on) include (amount_minor, state, customer_id) where cleared_on is not null;

-- Invoices nobody sent or showed, of those that are open: a handful among thousands.
create index invoice_standings_unsent on invoice_standings (business_id, due_on, document_id)
  where balance_minor > 0 and state = 'issued' and closed_at is null and not shown and not imported;
