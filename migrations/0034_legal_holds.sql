-- Legal holds: while one is on a matter or a client, no word of theirs is deleted, whoever asks for it.

create table legal_holds (
  firm_id uuid not null,
  id uuid primary key,
  matter_id uuid,
  client_id uuid,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  released_at timestamptz,
  released_by text,
  release_reason text,
  foreign key (firm_id, matter_id) references matters (firm_id, id),
  foreign key (firm_id, client_id) references clients (firm_id, id),
  constraint legal_holds_target check (num_nonnulls(matter_id, client_id) >= 1)
);
comment on table legal_holds is 'on a matter, or on a client with all their matters; several may stand on one, each is released by itself';
create index legal_holds_live on legal_holds (firm_id, placed_at) where released_at is null;
call protect('legal_holds');
call wall('legal_holds', $$(matter_id is null or matter_id <> all (array(select matter_id from closed_matters())))
  and (client_id is null or client_id <> all (array(select client_id from closed_clients())))$$);

-- Whether any of these matters, their clients, or any of these clients is under a hold.
create function on_hold(matters uuid[], people uuid[]) returns boolean
  language sql stable
  as $$
    select exists (
      select from legal_holds h
      where h.firm_id = current_firm() and h.released_at is null
        and (h.matter_id = any(matters) or h.client_id = any(people)
          or h.client_id in (select m.client_id from matters m where m.id = any(matters)))) $$;

-- What names no matter may be about any of its client's.
create function message_on_hold(matter uuid, person uuid, digest uuid) returns boolean
  language sql stable
  as $$
    select on_hold(
      case when matter is not null then array[matter]
        when digest is not null then (select d.matter_ids from digests d where d.id = digest)
        else array(select m.id from matters m where m.client_id = person) end,
      array[person]) $$;

create function text_on_hold(matters uuid[], people uuid[]) returns boolean
  language sql stable
  as $$
    select on_hold(
      case when matters <> '{}' then matters else array(select m.id from matters m where m.client_id = any(people)) end,
      people) $$;

-- A webhook of which nobody knows the matter may be about one that is under a hold.
create function delivery_on_hold(delivery uuid) returns boolean
  language sql stable
  as $$
    select case when exists (select from events e where e.delivery_id = delivery and e.matter_id is not null)
      then on_hold(array(select e.matter_id from events e where e.delivery_id = delivery and e.matter_id is not null),
        array(select e.client_id from events e where e.delivery_id = delivery and e.client_id is not null))
      else exists (select from legal_holds h where h.firm_id = current_firm() and h.released_at is null) end $$;

-- The last word is the database's: also a mistake of ours deletes nothing that is under a hold.
create function refuse_under_hold() returns trigger language plpgsql as $$
declare
  held boolean;
begin
  -- One at a time: each table has columns of its own.
  if tg_table_name = 'messages' then
    held := message_on_hold(old.matter_id, old.client_id, old.carries);
  elsif tg_table_name = 'incoming_texts' then
    held := text_on_hold(old.matter_ids, old.client_ids);
  else
    held := delivery_on_hold(old.id);
  end if;
  if held then
    raise exception 'it is under a legal hold' using errcode = 'object_not_in_prerequisite_state';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger hold_words before update of body on messages for each row
  when (new.body is null and old.body is not null) execute function refuse_under_hold();
create trigger hold_row before delete on messages for each row execute function refuse_under_hold();
create trigger hold_words before update of body on incoming_texts for each row
  when (new.body is null and old.body is not null) execute function refuse_under_hold();
create trigger hold_row before delete on incoming_texts for each row execute function refuse_under_hold();
create trigger hold_words before update of body on inbound_deliveries for each row
  when (new.body is null and old.body is not null) execute function refuse_under_hold();
create trigger hold_row before delete on inbound_deliveries for each row execute function refuse_under_hold();
