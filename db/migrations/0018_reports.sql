-- Reports count questions by the day they were asked.
create index threads_opened on threads (business_id, opened_at);
