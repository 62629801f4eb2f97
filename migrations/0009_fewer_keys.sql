-- Keys that nothing looks up: a receipt is known by its provider's key, a decision by its event. An index that is only written costs as much as one that is read.

alter table receipts drop constraint receipts_pkey;
alter table receipts drop constraint receipts_connection_id_key_key, add primary key (connection_id, key);

drop index decisions_event;
alter table decisions drop constraint decisions_pkey, add primary key (event_id, id);
