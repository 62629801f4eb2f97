-- The newest of what is held, without putting all of it in order.
create index notices_held_newest on notices (firm_id, id) where state = 'held';
