-- Invitations for the client's calendar, kept with the mail that carries them, so that every attempt sends the same bytes.

alter table messages add column calendar text;
comment on column messages.calendar is 'the .ics that goes with a mail; written and deleted with its words';

-- Whatever deletes the words deletes the invitation, which says when and where: one statement for both can't be forgotten.
create function forget_invitation() returns trigger language plpgsql as $$
begin
  new.calendar := null;
  return new;
end $$;
create trigger forget_invitation before update of body on messages for each row
  when (new.body is null and new.calendar is not null) execute function forget_invitation();
