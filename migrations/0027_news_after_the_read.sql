-- An appointment that a read brought before its webhook is news when that comes: what its plan makes up for is made up for then.

create or replace function plan_anew() returns trigger language plpgsql as $$
begin
  if new.mark is distinct from old.mark or new.removed_at is distinct from old.removed_at then
    new.planned := 'never';
    new.edition := old.edition + 1;
  elsif new.announced and not old.announced then
    new.planned := 'never';
  elsif new.data is distinct from old.data or new.matter_id is distinct from old.matter_id then
    new.planned := case old.planned when 'never' then 'never' else 'again' end;
  end if;
  return new;
end $$;
