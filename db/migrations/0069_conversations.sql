-- Conversations about anything: threads that hang on no document, files in messages, and how far each person of a customer has read.

alter table threads add column person_id uuid;               -- with whom the office began it; null: a customer did
create index threads_customer on threads (business_id, customer_id, last_at desc, id desc);

alter table file_refs add column message_id uuid;            -- of a file in a message: null until the message is sent
alter table file_refs drop constraint file_refs_purpose_check;
alter table file_refs add constraint file_refs_purpose_check
  check (purpose in ('pdf', 'part_pdf', 'attachment', 'photo', 'logo', 'import', 'rejected', 'record', 'message'));
create index file_refs_message on file_refs (business_id, message_id) where message_id is not null;

create table person_reads (
  business_id uuid not null,
  thread_id uuid not null,
  person_id uuid not null,
  read_at timestamptz not null,
  primary key (business_id, thread_id, person_id)
);

alter table threads add constraint threads_person foreign key (business_id, person_id) references people (business_id, id);
alter table person_reads add constraint person_reads_thread foreign key (business_id, thread_id) references threads (business_id, id);
alter table person_reads add constraint person_reads_person foreign key (business_id, person_id) references people (business_id, id);

alter table person_reads enable row level security;
alter table person_reads force row level security;
create policy office_own on person_reads for all to office using (business_id = app_business()) with check (business_id = app_business());
create policy system_own on person_reads for all to system using (business_id = app_business()) with check (business_id = app_business());
create policy portal_self on person_reads for all to portal using (business_id = app_business() and person_id = any (app_people()))
  with check (business_id = app_business() and person_id = any (app_people()) and app_document() is null);
grant select, insert on person_reads to office, system, portal;
grant update (read_at) on person_reads to system, portal;

-- Customers send files too: theirs alone, and only in a message they may write.
create policy portal_add on files for insert to portal with check (business_id = app_business());
create policy portal_add on file_refs for insert to portal with check (business_id = app_business() and shown and purpose = 'message' and message_id is not null
  and (customer_id = any (app_customers()) or property_id = any (app_properties())) and (app_document() is null or document_id = app_document()));
grant insert on files, file_refs to portal;
grant update (message_id) on file_refs to office, system;
