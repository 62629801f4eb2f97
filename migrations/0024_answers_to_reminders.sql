-- What clients answer to reminders that ask ("C to confirm, R to reschedule"): a row each time the answer is another.

create table appointment_answers (
  firm_id uuid not null,
  id uuid primary key,
  fact_id uuid not null references facts,
  edition integer not null,
  number integer not null check (number > 0),
  answer text not null check (answer in ('confirmed', 'another_date')),
  starts_at timestamptz not null,
  matter_id uuid not null,
  client_id uuid not null,
  reminder_id uuid not null references reminders,
  message_id uuid not null,
  text_id uuid not null unique references incoming_texts,
  event_id uuid not null,
  task_id uuid,
  words text not null,
  answered_at timestamptz not null,
  unique (fact_id, edition, number),
  foreign key (firm_id, matter_id) references matters (firm_id, id)
);
comment on table appointment_answers is 'the one with the highest number is what the client says now; it counts as long as facts.edition is its edition';
comment on column appointment_answers.edition is 'facts.edition of the appointment that the client was asked about';
comment on column appointment_answers.message_id is 'the message that asked';
comment on column appointment_answers.text_id is 'the text that answered: each answers once';
comment on column appointment_answers.task_id is 'what staff were given to do about it';
comment on column appointment_answers.words is 'what the CMS is told; holds no number and no address';
call protect('appointment_answers');
create index appointment_answers_message on appointment_answers (message_id);
create index appointment_answers_at on appointment_answers (firm_id, answered_at);

alter table incoming_texts drop constraint incoming_texts_meaning_check;
alter table incoming_texts add constraint incoming_texts_meaning_check
  check (meaning in ('stop', 'start', 'help', 'text', 'confirm', 'reschedule'));

comment on column cms_writes.source_id is 'the task that is written as a task, the message that is written as a communication or a note, the answer that is written as a note';
