-- Whether clients came to their appointments, as the CMS or staff say; and what a report on reminders is read by.

create table appointment_attendance (
  firm_id uuid not null,
  fact_id uuid not null references facts,
  starts_at timestamptz not null,
  outcome text not null check (outcome in ('kept', 'missed')),
  said_by text not null,
  said_at timestamptz not null,
  primary key (fact_id, starts_at)
);
comment on table appointment_attendance is 'no row: nobody said, and that is not known to be kept';
comment on column appointment_attendance.starts_at is 'which time of the appointment: one that is moved after it was missed was missed all the same';
comment on column appointment_attendance.said_by is 'cms: by the conditions of the plan, which never take the place of what a person said';
call protect('appointment_attendance');

create index reminders_starts on reminders (firm_id, starts_at);
