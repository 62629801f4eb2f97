-- The wall between firms, asked for once in a statement and not for each of its rows: as a sub-select the planner makes a value of it before the first row is read (postgresql.org/docs/18/ddl-rowsecurity.html says that a policy is evaluated for each row).

create or replace procedure protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy firm_wall on %s using (firm_id = (select current_firm())) with check (firm_id = (select current_firm()))',
    target);
  execute format('grant select, insert, update, delete on %s to tipstaff_app', target);
end $$;

do $$
declare
  found record;
begin
  for found in select p.polrelid::regclass as target from pg_policy p where p.polname = 'firm_wall' loop
    execute format(
      'alter policy firm_wall on %s using (firm_id = (select current_firm())) with check (firm_id = (select current_firm()))',
      found.target);
  end loop;
end $$;
