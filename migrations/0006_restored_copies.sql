-- What a restored copy has to know of itself: what it knew last, and when it was found to be a copy.

alter table deployment add column copied_at timestamptz, add column knew_until timestamptz;
alter table deployment add column receipts_door_since timestamptz, add column receipts_door_seen_at timestamptz;
comment on column deployment.receipts_door_since is 'since when the processes with doors have been seen without a break of a minute';
comment on column deployment.server_identity is 'system identifier, timeline and database number: another one means a restored or promoted copy';
comment on column deployment.held_since is 'nothing is sent while this is set; receipts and webhooks are taken all the same';
comment on column deployment.copied_at is 'when it was last found to be a copy; anchors from before then may name what it lost';
comment on column deployment.knew_until is 'the newest thing it knew then: what happened between this and copied_at is lost to it';
