-- A reminder hangs from its appointment (ADR 6), and the key that makes it one begins with that: planning writes two entries less for each.

alter table reminders drop constraint reminders_firm_id_matter_id_fkey;
drop index reminders_fact;
