-- What begins with what was typed comes first, from the end of an index, and mostly fills the page. Only what is left is looked for
-- anywhere in the words, and of that no more than a thousand are put in order: "cl" stands in every "Client v. …", and all of
-- them were sorted for each letter that somebody typed.

create index clients_name_begins on clients (firm_id, lower(name) collate "C");
create index matters_number_begins on matters (firm_id, lower(coalesce(number, '')) collate "C");

-- The needle is LIKE's: what means something to it is escaped.
create function begins_with(needle text) returns text
  language sql immutable
  as $$ select regexp_replace(needle, '\\(.)', '\1', 'g') $$;

create or replace function search_clients(needle text, most integer) returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    with first as materialized (
      select c.id, lower(c.name) as name from clients c
      where c.firm_id = current_firm() and lower(c.name) collate "C" >= public.begins_with(needle)
        and lower(c.name) collate "C" < public.begins_with(needle) || chr(1114111)
      order by lower(c.name) collate "C", c.id limit most),
    others as (
      select c.id, lower(c.name) as name from clients c
      where c.firm_id = current_firm() and lower(c.name) like '%' || needle || '%' and lower(c.name) not like needle || '%'
        and (select count(*) from first) < most limit 1000)
    select id from (
      select id, name, 0 as place from first
      union all select id, name, 1 from others) found
    order by place, name, id limit most $$;

create or replace function search_matters(needle text, most integer) returns table (matter_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    with first as materialized (
      select m.id, m.number from matters m
      where m.firm_id = current_firm() and lower(coalesce(m.number, '')) collate "C" >= public.begins_with(needle)
        and lower(coalesce(m.number, '')) collate "C" < public.begins_with(needle) || chr(1114111)
      order by lower(coalesce(m.number, '')) collate "C", m.id limit most),
    others as (
      select m.id, m.number from matters m
      where m.firm_id = current_firm() and lower(coalesce(m.number, '') || ' ' || coalesce(m.title, '')) like '%' || needle || '%'
        and lower(coalesce(m.number, '')) not like needle || '%'
        and (select count(*) from first) < most limit 1000)
    select id from (
      select id, number, 0 as place from first
      union all select id, number, 1 from others) found
    order by place, number, id limit most $$;

create or replace function search_clients_alike(needle text, most integer) returns table (client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set enable_bitmapscan = on
  as $$
    select id from (
      select c.id, word_similarity(needle, lower(c.name)) as alike from clients c
      where c.firm_id = current_firm() and needle <% lower(c.name) limit 2000) found
    order by alike desc, id limit most $$;
