-- The signed record of an approval is a file under the approval's own id, written once; whoever holds a copy asks by its hash.
alter table file_refs drop constraint file_refs_purpose_check;
alter table file_refs add constraint file_refs_purpose_check check (purpose in ('pdf', 'part_pdf', 'attachment', 'photo', 'logo', 'import', 'rejected', 'record'));
create index file_refs_record on file_refs (business_id, sha256) where purpose = 'record';

-- Whether one record still fits its own fingerprints.
create function approval_is_whole(p_business uuid, p_seq bigint) returns boolean language sql stable as $$
  select a.facts_sha256 = sha256(convert_to(a.facts, 'UTF8')) and a.hash = approval_hash_of(a) from approvals a where a.business_id = p_business and a.seq = p_seq
$$;
