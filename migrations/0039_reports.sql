-- Reports: what was written, heard, changed and done in a period is found by its time. The columns never change, so that a message on its way pays for it once.

create index messages_created on messages (firm_id, created_at);
create index incoming_texts_received on incoming_texts (firm_id, received_at);
create index tasks_created on tasks (firm_id, created_at);
create index events_changes on events (firm_id, recorded_at) where type = 'matter.status_changed' and outcome = 'decided';
