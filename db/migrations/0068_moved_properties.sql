-- A property that changes hands is a new row of the new customer; the old one stays with what was billed, and each leads to the other.
alter table properties add column moved_to uuid;
alter table properties add column moved_from uuid;
alter table properties add constraint properties_moved_to foreign key (business_id, moved_to) references properties (business_id, id);
alter table properties add constraint properties_moved_from foreign key (business_id, moved_from) references properties (business_id, id);
