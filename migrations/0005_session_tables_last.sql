-- Look-up functions search a session's own temporary tables last: unnamed, pg_temp comes first, and could put a table or view in the place of ours.

create or replace procedure make_lookup(target regprocedure) language plpgsql as $$
begin
  execute format('alter function %s set search_path = pg_catalog, public, pg_temp', target);
  grant create on schema public to tipstaff_lookup;
  execute format('alter function %s owner to tipstaff_lookup', target);
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to tipstaff_app', target);
  revoke create on schema public from tipstaff_lookup;
end $$;

do $$
declare
  found regprocedure;
begin
  for found in select oid from pg_proc where prosecdef and proowner = 'tipstaff_lookup'::regrole loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', found);
  end loop;
end $$;
