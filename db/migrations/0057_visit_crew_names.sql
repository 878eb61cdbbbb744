-- The first names of those who make a visit, for the customer's page: staff are not the customer's to look up.
alter table visits add column crew_names text[] not null default '{}';
grant select (crew_names) on visits to portal;
