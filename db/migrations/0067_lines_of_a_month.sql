-- What was billed to a customer in a month, by property: for the files their accountant gets.
create index document_parts_issued on document_parts (business_id, customer_id, issued_on, document_id);
