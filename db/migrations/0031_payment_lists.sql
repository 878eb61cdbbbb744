-- The office's list of payments by state, method, amount, day and credit kept: each by an index in the list's own order, however many there are.

create index payments_state on payments (business_id, state, created_at desc, id desc);
create index payments_method on payments (business_id, method, created_at desc, id desc);
create index payments_amount on payments (business_id, amount_minor, created_at desc, id desc);
-- Written as a case: under row-level security no index is reached through coalesce.
create index payments_day on payments (business_id, (case when received_on is not null then received_on when cleared_on is not null then cleared_on else started_on end));
create index customer_balances_credit on customer_balances (business_id, customer_id) where credit_minor > 0;
