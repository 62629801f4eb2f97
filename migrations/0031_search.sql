-- One box for people, cases and numbers: an index for each, and the one function that may use it, since row-level security keeps text search from its indexes.

create index clients_name_words on clients using gin (lower(name) gin_trgm_ops);
create index matters_words on matters using gin (lower(coalesce(number, '') || ' ' || coalesce(title, '')) gin_trgm_ops);
create index contact_points_words on contact_points using gin (lower(address) gin_trgm_ops);

-- They run as a role that reads these columns of all firms, and say which firm themselves; what is closed to whoever
-- asks is left out when the rows are read. Trigram indexes are read as bitmaps, which our connections avoid elsewhere.
create policy lookup on contact_points for select to tipstaff_lookup using (true);
grant select (firm_id, client_id, address, removed_at) on contact_points to tipstaff_lookup;
grant select (firm_id, name) on clients to tipstaff_lookup;
grant select (firm_id, number, title) on matters to tipstaff_lookup;

create function search_clients(needle text, most integer) returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    select c.id from clients c
    where c.firm_id = current_firm() and lower(c.name) like '%' || needle || '%'
    order by lower(c.name) like needle || '%' desc, lower(c.name), c.id limit most $$;

-- Where nothing holds what was typed: what looks like it.
create function search_clients_alike(needle text, most integer) returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    select c.id from clients c
    where c.firm_id = current_firm() and needle <% lower(c.name)
    order by word_similarity(needle, lower(c.name)) desc, c.id limit most $$;

create function search_matters(needle text, most integer) returns table (matter_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    select m.id from matters m
    where m.firm_id = current_firm() and lower(coalesce(m.number, '') || ' ' || coalesce(m.title, '')) like '%' || needle || '%'
    order by lower(coalesce(m.number, '')) like needle || '%' desc, m.number, m.id limit most $$;

create function search_addresses(needle text, most integer) returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    select p.client_id from contact_points p
    where p.firm_id = current_firm() and lower(p.address) like '%' || needle || '%'
    group by p.client_id order by bool_and(p.removed_at is not null), p.client_id limit most $$;

call make_lookup('search_clients(text, integer)');
call make_lookup('search_clients_alike(text, integer)');
call make_lookup('search_matters(text, integer)');
call make_lookup('search_addresses(text, integer)');
grant execute on function search_clients(text, integer), search_clients_alike(text, integer),
  search_matters(text, integer), search_addresses(text, integer) to tipstaff_walled;
