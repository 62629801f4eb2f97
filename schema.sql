-- The schema after all migrations, from the catalog. Refresh with: npm run schema

-- extensions

extension pg_trgm

-- schemas

schema public
  grant create, usage to pg_database_owner
  grant usage to public
  grant usage to tipstaff_app
  grant usage to tipstaff_lookup
  grant usage to tipstaff_walled

schema sign_in
  grant usage to tipstaff_app
  grant create, usage to tipstaff_owner
  grant usage to tipstaff_walled

-- sequences

sequence audit_entries_seq_seq
  as bigint start 1 increment 1

-- tables

table alert_deliveries
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column alert_id uuid not null
  column path text not null
  column state text not null default 'queued'::text grant select to tipstaff_lookup
  column tries integer not null default 0
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  column last_error text
  column sent_at timestamp with time zone
  constraint alert_deliveries_path_check CHECK ((path = ANY (ARRAY['webhook'::text, 'mail'::text])))
  constraint alert_deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
  constraint alert_deliveries_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id)
  constraint alert_deliveries_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint alert_deliveries_pkey PRIMARY KEY (id)
  CREATE INDEX alert_deliveries_due ON public.alert_deliveries USING btree (firm_id, due_at) WHERE (state = 'queued'::text)
  CREATE INDEX alert_deliveries_recent ON public.alert_deliveries USING btree (firm_id, lease_until) WHERE (path = 'mail'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table alerts
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column kind text not null
  column cause text not null
  column severity text not null
  column title text not null
  column detail jsonb not null default '{}'::jsonb
  column count integer not null default 1
  column raised_at timestamp with time zone not null
  column last_at timestamp with time zone not null
  column resolved_at timestamp with time zone
  constraint alerts_severity_check CHECK ((severity = ANY (ARRAY['warning'::text, 'page'::text])))
  constraint alerts_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint alerts_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX alerts_open ON public.alerts USING btree (firm_id, kind, cause) WHERE (resolved_at IS NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table api_keys
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null grant select to tipstaff_lookup
  column name text not null
  column hash bytea not null grant select to tipstaff_lookup
  column scopes text[] not null grant select to tipstaff_lookup
  column created_at timestamp with time zone not null
  column revoked_at timestamp with time zone grant select to tipstaff_lookup
  column created_by text -- as it stands in the record; null: made by an older release
  column expires_at timestamp with time zone -- null: good until it is revoked
  column last_used_at timestamp with time zone -- to some minutes: not written at each request
  column walled_as uuid -- what is closed to this member is closed to the key: who made it, or made the key that made it
  constraint api_keys_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint api_keys_firm_id_walled_as_fkey FOREIGN KEY (firm_id, walled_as) REFERENCES staff(firm_id, id)
  constraint api_keys_pkey PRIMARY KEY (id)
  constraint api_keys_hash_key UNIQUE (hash)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table appointment_answers
  comment 'the one with the highest number is what the client says now; it counts as long as facts.edition is its edition'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column fact_id uuid not null
  column edition integer not null -- facts.edition of the appointment that the client was asked about
  column number integer not null
  column answer text not null
  column starts_at timestamp with time zone not null
  column matter_id uuid not null
  column client_id uuid not null
  column reminder_id uuid not null
  column message_id uuid not null -- the message that asked
  column text_id uuid not null -- the text that answered: each answers once
  column event_id uuid not null
  column task_id uuid -- what staff were given to do about it
  column words text not null -- what the CMS is told; holds no number and no address
  column answered_at timestamp with time zone not null
  constraint appointment_answers_answer_check CHECK ((answer = ANY (ARRAY['confirmed'::text, 'another_date'::text])))
  constraint appointment_answers_number_check CHECK ((number > 0))
  constraint appointment_answers_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts(id)
  constraint appointment_answers_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint appointment_answers_reminder_id_fkey FOREIGN KEY (reminder_id) REFERENCES reminders(id)
  constraint appointment_answers_text_id_fkey FOREIGN KEY (text_id) REFERENCES incoming_texts(id)
  constraint appointment_answers_pkey PRIMARY KEY (id)
  constraint appointment_answers_fact_id_edition_number_key UNIQUE (fact_id, edition, number)
  constraint appointment_answers_text_id_key UNIQUE (text_id)
  CREATE INDEX appointment_answers_at ON public.appointment_answers USING btree (firm_id, answered_at)
  CREATE INDEX appointment_answers_message ON public.appointment_answers USING btree (message_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (((matter_id IS NOT NULL) AND (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table appointment_attendance
  comment 'no row: nobody said, and that is not known to be kept'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column fact_id uuid not null
  column starts_at timestamp with time zone not null -- which time of the appointment: one that is moved after it was missed was missed all the same
  column outcome text not null
  column said_by text not null -- cms: by the conditions of the plan, which never take the place of what a person said
  column said_at timestamp with time zone not null
  constraint appointment_attendance_outcome_check CHECK ((outcome = ANY (ARRAY['kept'::text, 'missed'::text])))
  constraint appointment_attendance_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts(id)
  constraint appointment_attendance_pkey PRIMARY KEY (fact_id, starts_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM facts f
    WHERE (f.id = appointment_attendance.fact_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table attempts
  owner tipstaff_owner
  options fillfactor=60
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column message_id uuid not null
  column number integer not null
  column connection_id uuid not null
  column started_at timestamp with time zone not null
  column lease_until timestamp with time zone not null
  column finished_at timestamp with time zone
  column verdict text
  column code text
  column detail text
  column provider_message_id text
  column reported text -- the furthest that the provider's receipts told of this attempt; never goes back
  column absent_since timestamp with time zone -- the provider was asked and did not know it; counts only when seen twice, 60 s apart
  constraint attempts_reported_check CHECK ((reported = ANY (ARRAY['sent'::text, 'undelivered'::text, 'delivered'::text])))
  constraint attempts_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'retry'::text, 'refused'::text, 'ambiguous'::text, 'abandoned'::text, 'absent'::text])))
  constraint attempts_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id)
  constraint attempts_pkey PRIMARY KEY (id)
  constraint attempts_message_id_number_key UNIQUE (message_id, number)
  CREATE UNIQUE INDEX attempts_provider_message ON public.attempts USING btree (connection_id, provider_message_id) WHERE (provider_message_id IS NOT NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM messages m
    WHERE (m.id = attempts.message_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table audit_batches
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column n bigint not null
  column epoch integer not null
  column xid_from xid8 not null
  column xid_to xid8 not null -- exclusive
  column entries integer not null
  column root bytea not null
  column link bytea not null
  column signature bytea not null
  column key_id text not null
  column sealed_at timestamp with time zone not null
  column anchored_at timestamp with time zone grant update to tipstaff_app
  constraint audit_batches_entries_check CHECK ((entries > 0))
  constraint audit_batches_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint audit_batches_pkey PRIMARY KEY (firm_id, n)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant insert, select to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant insert, select to tipstaff_walled

table audit_checks
  comment 'the last time that the whole record was compared with its seals and anchors'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column checked_at timestamp with time zone not null
  column ok boolean not null
  column n bigint not null -- the last batch that was looked at; 0: there was none
  column epoch integer
  column xid_to xid8 -- exclusive, with epoch: up to where the record was looked at
  column sealed_at timestamp with time zone
  column entries bigint not null
  column problems jsonb not null
  constraint audit_checks_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint audit_checks_pkey PRIMARY KEY (firm_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table audit_entries
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column epoch integer not null
  column xid xid8 not null default pg_current_xact_id() -- sequence order is not commit order: a batch ends below pg_snapshot_xmin, where no entry can appear any more
  column seq bigint not null identity always
  column at timestamp with time zone not null
  column actor text not null
  column action text not null
  column subject text not null
  column data jsonb not null
  constraint audit_entries_pkey PRIMARY KEY (firm_id, epoch, xid, seq)
  CREATE INDEX audit_entries_action ON public.audit_entries USING btree (firm_id, action, at, seq) WHERE (action <> ALL (ARRAY['event.decided'::text, 'message.queued'::text, 'attempt.accepted'::text, 'receipt.queued'::text, 'receipt.sent'::text, 'receipt.delivered'::text]))
  CREATE INDEX audit_entries_actor ON public.audit_entries USING btree (firm_id, actor, at, seq) WHERE (actor <> ALL (ARRAY['tipstaff'::text, 'twilio'::text, 'sendgrid'::text]))
  CREATE INDEX audit_entries_at ON public.audit_entries USING btree (firm_id, at, seq)
  CREATE INDEX audit_entries_subject ON public.audit_entries USING btree (firm_id, subject, at, seq)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for select to tipstaff_walled using (subject_open(subject))
  grant insert, select to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant insert, select to tipstaff_walled

table clients
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null grant select to tipstaff_lookup
  column connection_id uuid not null
  column external_id text not null grant select to tipstaff_lookup
  column name text not null grant select to tipstaff_lookup
  column first_name text
  column last_name text
  column language text
  column time_zone text
  column preference text -- as the CMS has it; blank means none
  column cms_paused boolean not null default false
  column data jsonb not null default '{}'::jsonb
  column source_updated_at timestamp with time zone
  column observed_at timestamp with time zone not null
  column wishes jsonb -- what they, or staff for them, asked for: hours of quiet, how often to hear what is not urgent; never from the CMS
  column kind text not null default 'person'::text -- staff: somebody of the firm whom reminders go to; not a client, and in no list of clients
  constraint clients_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'staff'::text])))
  constraint clients_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint clients_pkey PRIMARY KEY (id)
  constraint clients_connection_id_external_id_key UNIQUE (connection_id, external_id)
  constraint clients_firm_id_id_key UNIQUE (firm_id, id)
  CREATE INDEX clients_name_begins ON public.clients USING btree (firm_id, lower(name) COLLATE "C")
  CREATE INDEX clients_name_words ON public.clients USING gin (lower(name) gin_trgm_ops)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))
  CREATE TRIGGER plan_anew AFTER UPDATE ON public.clients FOR EACH ROW WHEN (((new.time_zone IS DISTINCT FROM old.time_zone) OR (new.wishes IS DISTINCT FROM old.wishes) OR ((new.data -> 'region'::text) IS DISTINCT FROM (old.data -> 'region'::text)))) EXECUTE FUNCTION plan_clients_anew()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_audit_findings
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column audit_id uuid not null
  column subject text not null
  column external_id text not null
  column kind text not null
  column field text not null
  column value text -- personal data: shown only where asked for
  column reason text not null
  column suggestion text
  column of_group text
  column matters text[]
  constraint cms_audit_findings_firm_id_audit_id_fkey FOREIGN KEY (firm_id, audit_id) REFERENCES cms_audits(firm_id, id)
  constraint cms_audit_findings_pkey PRIMARY KEY (audit_id, kind, external_id, field)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))) AND (NOT (COALESCE(matters, '{}'::text[]) && ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_audit_marks
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column audit_id uuid not null
  column mark text not null
  column external_id text not null
  column name text not null
  constraint cms_audit_marks_firm_id_audit_id_fkey FOREIGN KEY (firm_id, audit_id) REFERENCES cms_audits(firm_id, id)
  constraint cms_audit_marks_pkey PRIMARY KEY (audit_id, mark, external_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_audit_matters
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column audit_id uuid not null
  column external_id text not null
  column client_external_id text
  column number text
  column is_open boolean not null
  column has_court_date boolean not null default false
  column has_deadline boolean not null default false
  constraint cms_audit_matters_firm_id_audit_id_fkey FOREIGN KEY (firm_id, audit_id) REFERENCES cms_audits(firm_id, id)
  constraint cms_audit_matters_pkey PRIMARY KEY (audit_id, external_id)
  CREATE INDEX cms_audit_matters_client ON public.cms_audit_matters USING btree (audit_id, client_external_id) WHERE is_open
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_audits
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column state text not null
  column began_at timestamp with time zone not null
  column finished_at timestamp with time zone
  column step integer not null default 0 -- rises with each page that is stored: of two processes on one audit the second one notices
  column list integer not null default 0 -- which list is being read; cursor is its next page, as the CMS named it
  column cursor text
  column worked_ms bigint not null default 0
  column tally jsonb not null
  column report jsonb
  constraint cms_audits_state_check CHECK ((state = ANY (ARRAY['running'::text, 'finished'::text, 'dropped'::text])))
  constraint cms_audits_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_audits_pkey PRIMARY KEY (id)
  constraint cms_audits_firm_id_id_key UNIQUE (firm_id, id)
  CREATE UNIQUE INDEX cms_audits_running ON public.cms_audits USING btree (connection_id) WHERE (state = 'running'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_calls
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column at timestamp with time zone not null
  column method text not null
  column path text not null
  column status integer
  column milliseconds integer not null
  column error text
  column matter_external_id text
  constraint cms_calls_pkey PRIMARY KEY (id)
  CREATE INDEX cms_calls_matter ON public.cms_calls USING btree (connection_id, matter_external_id, at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (COALESCE((matter_external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))), true))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_consents
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column connection_id uuid not null grant select to tipstaff_lookup
  column state_hash bytea not null grant select to tipstaff_lookup
  column redirect_uri text not null
  column asked_by text not null
  column asked_at timestamp with time zone not null
  column expires_at timestamp with time zone not null grant select to tipstaff_lookup
  constraint cms_consents_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_consents_pkey PRIMARY KEY (state_hash)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_counted
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column model text not null
  column external_id text not null
  constraint cms_counted_pkey PRIMARY KEY (connection_id, model, external_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_gates
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column per_window integer -- as the CMS last told; null: it told of no limit
  column used integer not null default 0
  column window_ends_at timestamp with time zone
  column closed_until timestamp with time zone
  column window_no integer not null default 0
  column under_way integer not null default 0 -- calls of this window that have not been answered yet
  column told boolean not null default false -- the CMS itself named the end of this window; until then it is our guess
  constraint cms_gates_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_gates_pkey PRIMARY KEY (connection_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_missing
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column model text not null
  column external_id text not null
  column since timestamp with time zone not null
  constraint cms_missing_pkey PRIMARY KEY (connection_id, model, external_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_streams
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column connection_id uuid not null
  column model text not null
  column phase text not null -- first: all there was before we came is being read, and nothing is said of it
  column cursor text -- the next page of the pass under way: after a crash it goes on from there
  column pass_began_at timestamp with time zone
  column pass_since timestamp with time zone -- what the pass under way asks for: records changed since then; null: all
  column done_until timestamp with time zone -- what changed before this is known
  column records bigint not null default 0
  column counting boolean not null default false -- the pass under way lists ids only, to find what is gone
  column counted_at timestamp with time zone
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  column tries integer not null default 0
  column last_error text
  constraint cms_streams_phase_check CHECK ((phase = ANY (ARRAY['first'::text, 'following'::text])))
  constraint cms_streams_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_streams_pkey PRIMARY KEY (connection_id, model)
  CREATE INDEX cms_streams_due ON public.cms_streams USING btree (firm_id, due_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_tokens
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column access bytea not null
  column refresh bytea not null
  column expires_at timestamp with time zone not null
  column state text not null -- refused: the consent is gone, and a person must connect again
  column refresh_lease_until timestamp with time zone
  column connected_at timestamp with time zone not null
  column connected_by text not null
  column refreshed_at timestamp with time zone not null
  constraint cms_tokens_state_check CHECK ((state = ANY (ARRAY['good'::text, 'refused'::text])))
  constraint cms_tokens_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_tokens_pkey PRIMARY KEY (connection_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_turns
  comment 'one row for each call that may be under way at once, for systems that bear only so many'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column place integer not null
  column holder uuid not null
  column held_until timestamp with time zone not null
  constraint cms_turns_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_turns_pkey PRIMARY KEY (connection_id, place)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_write_looks
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column began_at timestamp with time zone not null -- what was said before writing back was switched on is not written
  column looked_until timestamp with time zone not null
  column looked_back_at timestamp with time zone not null -- when days back were looked through: a message may turn out much later to have been sent
  constraint cms_write_looks_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_write_looks_pkey PRIMARY KEY (connection_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table cms_writes
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column connection_id uuid not null
  column kind text not null
  column key text not null -- goes into the CMS with what is written, where it can be found again: the same for each try
  column matter_id uuid not null
  column source_id uuid not null -- the task that is written as a task, the message that is written as a communication or a note, the answer that is written as a note
  column state text not null grant select to tipstaff_lookup
  column created_at timestamp with time zone not null
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  column tries integer not null default 0
  column external_id text
  column written_at timestamp with time zone
  column last_error text
  constraint cms_writes_kind_check CHECK ((kind = ANY (ARRAY['communication'::text, 'task'::text, 'note'::text])))
  constraint cms_writes_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'writing'::text, 'written'::text, 'dead'::text])))
  constraint cms_writes_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint cms_writes_pkey PRIMARY KEY (id)
  constraint cms_writes_connection_id_key_key UNIQUE (connection_id, key)
  CREATE INDEX cms_writes_due ON public.cms_writes USING btree (firm_id, due_at) WHERE (state = ANY (ARRAY['queued'::text, 'writing'::text]))
  CREATE INDEX cms_writes_source ON public.cms_writes USING btree (source_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using (((matter_id IS NOT NULL) AND (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table config_heads
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column kind text not null
  column key text not null
  column version integer not null
  column hash text not null
  column applied_hash text -- what Git last applied; differs from hash when someone edited it elsewhere since
  constraint config_heads_firm_id_kind_key_version_fkey FOREIGN KEY (firm_id, kind, key, version) REFERENCES config_versions(firm_id, kind, key, version)
  constraint config_heads_pkey PRIMARY KEY (firm_id, kind, key)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table config_versions
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column kind text not null
  column key text not null
  column version integer not null
  column body jsonb -- null: removed with this version
  column hash text not null
  column origin text not null
  column author text not null
  column at timestamp with time zone not null
  column reason text -- why, as whoever edited it in the console said; null: it came from Git, or an older release
  constraint config_versions_origin_check CHECK ((origin = ANY (ARRAY['git'::text, 'console'::text])))
  constraint config_versions_version_check CHECK ((version > 0))
  constraint config_versions_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint config_versions_pkey PRIMARY KEY (firm_id, kind, key, version)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table connection_buckets
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column tokens double precision not null
  column at timestamp with time zone not null
  constraint connection_buckets_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint connection_buckets_pkey PRIMARY KEY (connection_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table connections
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null grant select to tipstaff_lookup
  column key text not null -- part of the public address /hooks/{key}, hence unique over all firms grant select to tipstaff_lookup
  column kind text not null
  column state text not null default 'active'::text grant select to tipstaff_lookup
  column created_at timestamp with time zone not null
  constraint connections_key_check CHECK ((key ~ '^[a-z][a-z0-9-]{1,62}$'::text))
  constraint connections_state_check CHECK ((state = ANY (ARRAY['active'::text, 'broken'::text, 'removed'::text])))
  constraint connections_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint connections_pkey PRIMARY KEY (id)
  constraint connections_firm_id_id_key UNIQUE (firm_id, id)
  constraint connections_key_key UNIQUE (key)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table consent_changes
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column channel text not null
  column address text not null
  column purpose text not null
  column granted boolean not null
  column how text not null
  column recorded_by text not null
  column at timestamp with time zone not null
  constraint consent_changes_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint consent_changes_pkey PRIMARY KEY (id)
  CREATE INDEX consent_changes_address ON public.consent_changes USING btree (firm_id, address, at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM contact_points p
    WHERE (p.address = consent_changes.address))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table consents
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column channel text not null
  column address text not null
  column purpose text not null -- * for every purpose
  column granted boolean not null
  column how text not null
  column recorded_by text not null
  column at timestamp with time zone not null
  constraint consents_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint consents_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint consents_pkey PRIMARY KEY (firm_id, channel, address, purpose)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM contact_points p
    WHERE (p.address = consents.address))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table contact_points
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column client_id uuid not null grant select to tipstaff_lookup
  column channel text not null
  column address text not null grant select to tipstaff_lookup
  column rank integer not null default 0
  column origin text not null
  column suppressed_at timestamp with time zone
  column suppressed_reason text
  column removed_at timestamp with time zone grant select to tipstaff_lookup
  column observed_at timestamp with time zone not null
  constraint contact_points_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint contact_points_origin_check CHECK ((origin = ANY (ARRAY['cms'::text, 'staff'::text])))
  constraint contact_points_firm_id_client_id_fkey FOREIGN KEY (firm_id, client_id) REFERENCES clients(firm_id, id)
  constraint contact_points_pkey PRIMARY KEY (id)
  constraint contact_points_client_id_channel_address_key UNIQUE (client_id, channel, address)
  CREATE INDEX contact_points_address ON public.contact_points USING btree (firm_id, address)
  CREATE INDEX contact_points_words ON public.contact_points USING gin (lower(address) gin_trgm_ops)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table dead_letters
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column message_id uuid not null
  column attempt_number integer not null
  column cause text not null
  column code text
  column detail text not null default ''::text
  column state text not null default 'open'::text
  column opened_at timestamp with time zone not null
  column resolved_at timestamp with time zone
  column resolved_by text
  column resolution text
  constraint dead_letters_state_check CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'closed'::text])))
  constraint dead_letters_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id)
  constraint dead_letters_pkey PRIMARY KEY (id)
  constraint dead_letters_message_id_attempt_number_key UNIQUE (message_id, attempt_number)
  CREATE INDEX dead_letters_open ON public.dead_letters USING btree (firm_id, opened_at) WHERE (state = 'open'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM messages m
    WHERE (m.id = dead_letters.message_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table decisions
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column event_id uuid not null
  column at timestamp with time zone not null
  column trigger text not null
  column config_revision bigint not null
  column results jsonb not null
  constraint decisions_trigger_check CHECK ((trigger = ANY (ARRAY['event'::text, 'release'::text, 'replay'::text])))
  constraint decisions_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id)
  constraint decisions_pkey PRIMARY KEY (event_id, id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM events e
    WHERE (e.id = decisions.event_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table deployment
  owner tipstaff_owner
  column id boolean not null default true
  column epoch integer not null default 1
  column server_identity text -- system identifier, timeline and database number: another one means a restored or promoted copy
  column held_since timestamp with time zone -- nothing is sent while this is set; receipts and webhooks are taken all the same
  column held_reason text
  column copied_at timestamp with time zone -- when it was last found to be a copy; anchors from before then may name what it lost
  column knew_until timestamp with time zone -- the newest thing it knew then: what happened between this and copied_at is lost to it
  column receipts_door_since timestamp with time zone -- since when the processes with doors have been seen without a break of a minute
  column receipts_door_seen_at timestamp with time zone
  column profile text -- as it was first started; null: without one
  constraint deployment_id_check CHECK (id)
  constraint deployment_profile_check CHECK ((profile = ANY (ARRAY['production'::text, 'staging'::text, 'shadow'::text])))
  constraint deployment_pkey PRIMARY KEY (id)
  grant select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant select, update to tipstaff_walled

table digests
  comment 'one open at a time for a client, channel and class; messages.digest_id says what waits in it, messages.carries which message says it'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column client_id uuid not null
  column channel text not null
  column key text not null
  column state text not null grant select to tipstaff_lookup
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column asked_at timestamp with time zone -- since when the CMS has been asked for newer facts of its matters
  column opened_at timestamp with time zone not null
  column closed_at timestamp with time zone
  column outcome text -- nothing: none of it was still to be said; one: that went as itself; digest: it is one message; apart: that message might not leave as it was, and its items wait again
  column purposes text[] not null default '{}'::text[] -- of what it says: whoever withdraws one of them gets none of it as it was written
  column matter_ids uuid[] not null default '{}'::uuid[] -- of what it says: a pause of one of them stops it
  column lines jsonb -- what the page behind the link shows: matters with their lines; null once the words are gone
  constraint digests_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint digests_outcome_check CHECK ((outcome = ANY (ARRAY['nothing'::text, 'one'::text, 'digest'::text, 'apart'::text])))
  constraint digests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
  constraint digests_firm_id_client_id_fkey FOREIGN KEY (firm_id, client_id) REFERENCES clients(firm_id, id)
  constraint digests_pkey PRIMARY KEY (id)
  CREATE INDEX digests_due ON public.digests USING btree (firm_id, due_at) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX digests_open ON public.digests USING btree (firm_id, client_id, channel, key) WHERE (state = 'open'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using (((NOT (matter_ids && ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))) AND (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table events
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column delivery_id uuid
  column connection_id uuid not null
  column type text not null
  column matter_id uuid
  column client_id uuid
  column subject text not null -- what exactly happened (entry:7, document:88@etag): the part of the idempotency key that names the cause
  column occurred_at timestamp with time zone not null
  column recorded_at timestamp with time zone not null
  column data jsonb not null
  column outcome text not null
  constraint events_outcome_check CHECK ((outcome = ANY (ARRAY['decided'::text, 'unhandled'::text, 'unchanged'::text, 'stale'::text, 'flagged'::text, 'flip_flop'::text, 'quarantined'::text, 'no_matter'::text])))
  constraint events_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES inbound_deliveries(id)
  constraint events_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint events_pkey PRIMARY KEY (id)
  CREATE INDEX events_changes ON public.events USING btree (firm_id, recorded_at) WHERE ((type = 'matter.status_changed'::text) AND (outcome = 'decided'::text))
  CREATE INDEX events_delivery ON public.events USING btree (delivery_id)
  CREATE INDEX events_matter ON public.events USING btree (matter_id, recorded_at)
  CREATE INDEX events_unhandled ON public.events USING btree (firm_id, recorded_at) WHERE (outcome = 'unhandled'::text)
  CREATE UNIQUE INDEX events_written ON public.events USING btree (firm_id, subject) WHERE (type = 'message.written'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((((matter_id IS NULL) OR (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))) AND ((client_id IS NULL) OR (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table fact_requests
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column connection_id uuid not null
  column external_id text not null
  column requested_at timestamp with time zone not null
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  column tries integer not null default 0
  column last_error text
  constraint fact_requests_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint fact_requests_pkey PRIMARY KEY (connection_id, external_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table fact_tombstones
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column kind text not null
  column external_id text not null
  column removed_at timestamp with time zone not null
  constraint fact_tombstones_kind_check CHECK ((kind = ANY (ARRAY['document'::text, 'bill'::text, 'appointment'::text])))
  constraint fact_tombstones_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint fact_tombstones_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint fact_tombstones_pkey PRIMARY KEY (connection_id, kind, external_id)
  CREATE INDEX fact_tombstones_old ON public.fact_tombstones USING btree (firm_id, removed_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table facts
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column connection_id uuid not null
  column kind text not null grant select to tipstaff_lookup
  column external_id text not null
  column matter_id uuid grant select to tipstaff_lookup
  column data jsonb not null
  column version text
  column version_since timestamp with time zone -- the source's time when this version was first seen: what is edited later and keeps the version is no news
  column previous_data jsonb -- what it said before the version changed
  column announced boolean not null default false -- an event told of this version; one that only a read of the CMS brought is still news when its webhook comes
  column mark text not null default ''::text -- what a message about it must agree with: an appointment's version, a bill's last event, removed
  column source_updated_at timestamp with time zone
  column observed_at timestamp with time zone not null
  column removed_at timestamp with time zone
  column waiting_for text -- connection and external id of the matter that it names, as long as that is not known; then matter_id is set
  column planned text not null default 'never'::text -- whether the reminders of this appointment are those of its present version: again: the plans have changed, not the appointment grant select to tipstaff_lookup
  column edition integer not null default 1 -- how often an appointment has become another: moved, moved back and moved again are four editions with two marks
  constraint facts_kind_check CHECK ((kind = ANY (ARRAY['document'::text, 'bill'::text, 'appointment'::text])))
  constraint facts_place CHECK ((num_nonnulls(matter_id, waiting_for) = 1))
  constraint facts_planned_check CHECK ((planned = ANY (ARRAY['never'::text, 'again'::text, 'done'::text])))
  constraint facts_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint facts_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint facts_pkey PRIMARY KEY (id)
  constraint facts_connection_id_kind_external_id_key UNIQUE (connection_id, kind, external_id)
  CREATE INDEX facts_matter ON public.facts USING btree (matter_id, kind)
  CREATE INDEX facts_unplanned ON public.facts USING btree (firm_id, id) WHERE ((kind = 'appointment'::text) AND (planned <> 'done'::text) AND (matter_id IS NOT NULL))
  CREATE INDEX facts_waiting ON public.facts USING btree (waiting_for) WHERE (waiting_for IS NOT NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using (((matter_id IS NOT NULL) AND (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))))
  CREATE TRIGGER plan_anew BEFORE UPDATE ON public.facts FOR EACH ROW WHEN ((new.kind = 'appointment'::text)) EXECUTE FUNCTION plan_anew()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table firms
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column key text not null grant select to tipstaff_lookup
  column name text not null
  column config_revision bigint not null default 0
  column created_at timestamp with time zone not null
  column second_factor boolean not null default false -- firm.yaml asks for a second factor of everybody; kept here as a copy, to be read with who asks
  column own_sign_in_only boolean not null default false -- firm.yaml lets everybody but owners in by the firm's own sign-in alone; a copy as well
  constraint firms_key_check CHECK ((key ~ '^[a-z][a-z0-9-]{1,62}$'::text))
  constraint firms_pkey PRIMARY KEY (firm_id)
  constraint firms_key_key UNIQUE (key)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table heartbeats
  comment 'of the whole deployment: who works, works for every firm. sweep: the last look for due work; a lane: when its work last moved in every firm that had any'
  owner tipstaff_owner
  column lane text not null
  column beat_at timestamp with time zone not null
  constraint heartbeats_pkey PRIMARY KEY (lane)
  grant insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant insert, select, update to tipstaff_walled

table hook_subscriptions
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column model text not null
  column external_id text
  column secret bytea -- encrypted; while pending, what the handshake offered, trusted only once our own call confirmed it
  column state text not null
  column opened_at timestamp with time zone not null
  column expires_at timestamp with time zone
  constraint hook_subscriptions_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'ended'::text])))
  constraint hook_subscriptions_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint hook_subscriptions_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX hook_subscriptions_live ON public.hook_subscriptions USING btree (connection_id, model) WHERE (state <> 'ended'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table idempotency_keys
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column caller text not null
  column route text not null
  column key_hash bytea not null -- HMAC-SHA-256 by a key of the deployment; the key itself is not stored, since it opens the answer
  column request_hash bytea not null
  column claim uuid not null -- whose turn it is: who was overtaken after its lease can write no answer
  column lease_until timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column status smallint
  column answer bytea -- encrypted under the deployment's key and the caller's: it may hold what is shown once, and clients' words
  constraint idempotency_keys_answered CHECK (((status IS NULL) = (answer IS NULL)))
  constraint idempotency_keys_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint idempotency_keys_pkey PRIMARY KEY (firm_id, caller, route, key_hash)
  CREATE INDEX idempotency_keys_over ON public.idempotency_keys USING btree (firm_id, expires_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((caller = ('staff:'::text || (current_staff())::text)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table inbound_deliveries
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column connection_id uuid not null
  column received_at timestamp with time zone not null
  column model text
  column headers jsonb not null
  column body bytea
  column repeat boolean not null default false -- same body within 10 minutes on a connection without keys: the stored state decides what it means
  column state text not null default 'stored'::text grant select to tipstaff_lookup
  column waiting_for text -- external id of the matter whose facts must be fetched first
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column reason text
  column body_deleted_at timestamp with time zone
  column body_deleted_rule text
  column body_hash text -- as incoming_texts.words_hash
  constraint inbound_deliveries_body CHECK (((body_deleted_at IS NULL) OR (state = ANY (ARRAY['done'::text, 'ignored'::text]))))
  constraint inbound_deliveries_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'waiting'::text, 'done'::text, 'quarantined'::text, 'ignored'::text])))
  constraint inbound_deliveries_pkey PRIMARY KEY (id)
  CREATE INDEX inbound_deliveries_raw ON public.inbound_deliveries USING btree (firm_id, received_at) WHERE (body IS NOT NULL)
  CREATE INDEX inbound_deliveries_stored ON public.inbound_deliveries USING btree (firm_id, received_at, id) WHERE (state = 'stored'::text)
  CREATE INDEX inbound_deliveries_waiting ON public.inbound_deliveries USING btree (waiting_for) WHERE (state = 'waiting'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM events e
    WHERE (e.delivery_id = inbound_deliveries.id))))
  CREATE TRIGGER hold_row BEFORE DELETE ON public.inbound_deliveries FOR EACH ROW EXECUTE FUNCTION refuse_under_hold()
  CREATE TRIGGER hold_words BEFORE UPDATE OF body ON public.inbound_deliveries FOR EACH ROW WHEN (((new.body IS NULL) AND (old.body IS NOT NULL))) EXECUTE FUNCTION refuse_under_hold()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table inbound_keys
  comment 'kept at least 30 days: longer than any sender retries'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column key text not null
  column seen_at timestamp with time zone not null
  constraint inbound_keys_pkey PRIMARY KEY (connection_id, key)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table incoming_texts
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column provider_message_id text not null
  column from_address text not null
  column to_address text not null
  column body text
  column media jsonb not null default '[]'::jsonb
  column meaning text not null
  column client_ids uuid[] not null
  column matter_ids uuid[] not null
  column received_at timestamp with time zone not null
  column words_deleted_at timestamp with time zone
  column words_deleted_rule text
  column words_hash text -- HMAC-SHA-256 by a key of the deployment: who has it can tell whether a copy is the same, and nobody else can guess
  constraint incoming_texts_meaning_check CHECK ((meaning = ANY (ARRAY['stop'::text, 'start'::text, 'help'::text, 'text'::text, 'confirm'::text, 'reschedule'::text])))
  constraint incoming_texts_pkey PRIMARY KEY (id)
  constraint incoming_texts_connection_id_provider_message_id_key UNIQUE (connection_id, provider_message_id)
  CREATE INDEX incoming_texts_from ON public.incoming_texts USING btree (firm_id, from_address, received_at DESC)
  CREATE INDEX incoming_texts_received ON public.incoming_texts USING btree (firm_id, received_at)
  CREATE INDEX incoming_texts_words ON public.incoming_texts USING btree (firm_id, received_at) WHERE (body IS NOT NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (((NOT (matter_ids && ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))) AND (NOT (client_ids && ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id))))))
  CREATE TRIGGER hold_row BEFORE DELETE ON public.incoming_texts FOR EACH ROW EXECUTE FUNCTION refuse_under_hold()
  CREATE TRIGGER hold_words BEFORE UPDATE OF body ON public.incoming_texts FOR EACH ROW WHEN (((new.body IS NULL) AND (old.body IS NOT NULL))) EXECUTE FUNCTION refuse_under_hold()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table legal_holds
  comment 'on a matter, or on a client with all their matters; several may stand on one, each is released by itself'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column matter_id uuid
  column client_id uuid
  column reason text not null
  column placed_by text not null
  column placed_at timestamp with time zone not null
  column released_at timestamp with time zone
  column released_by text
  column release_reason text
  constraint legal_holds_target CHECK ((num_nonnulls(matter_id, client_id) >= 1))
  constraint legal_holds_firm_id_client_id_fkey FOREIGN KEY (firm_id, client_id) REFERENCES clients(firm_id, id)
  constraint legal_holds_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint legal_holds_pkey PRIMARY KEY (id)
  CREATE INDEX legal_holds_live ON public.legal_holds USING btree (firm_id, placed_at) WHERE (released_at IS NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((((matter_id IS NULL) OR (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))) AND ((client_id IS NULL) OR (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table matter_walls
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column matter_id uuid not null grant select to tipstaff_lookup
  column staff_id uuid not null grant select to tipstaff_lookup
  column reason text not null
  column created_by text not null
  column created_at timestamp with time zone not null
  constraint matter_walls_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint matter_walls_firm_id_staff_id_fkey FOREIGN KEY (firm_id, staff_id) REFERENCES staff(firm_id, id)
  constraint matter_walls_pkey PRIMARY KEY (staff_id, matter_id)
  CREATE INDEX matter_walls_matter ON public.matter_walls USING btree (matter_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table matters
  owner tipstaff_owner
  options fillfactor=80
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null grant select to tipstaff_lookup
  column connection_id uuid not null
  column external_id text not null grant select to tipstaff_lookup
  column client_id uuid grant select to tipstaff_lookup
  column number text grant select to tipstaff_lookup
  column title text grant select to tipstaff_lookup
  column raw_status text
  column state text
  column previous_state text
  column state_entry integer not null default 0 -- how many times this matter has entered a state; part of what makes a message unique
  column state_entered_at timestamp with time zone
  column settles_at timestamp with time zone -- until then the present state may be a slip of the hand
  column data jsonb not null default '{}'::jsonb
  column source_updated_at timestamp with time zone
  column status_received_at timestamp with time zone -- when the newest delivery with a status came: what came before it and tells no time is stale
  column observed_at timestamp with time zone not null -- when the CMS was last read for this matter, not when a webhook last spoke of it
  column caught_up_at timestamp with time zone -- as of this restored copy (deployment.copied_at) its state and facts are those of the CMS; null: never
  column gone_since timestamp with time zone -- since when the CMS answers that it does not know this matter; null: it knew it when it was last asked
  constraint matters_firm_id_client_id_fkey FOREIGN KEY (firm_id, client_id) REFERENCES clients(firm_id, id)
  constraint matters_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint matters_pkey PRIMARY KEY (id)
  constraint matters_connection_id_external_id_key UNIQUE (connection_id, external_id)
  constraint matters_firm_id_id_key UNIQUE (firm_id, id)
  CREATE INDEX matters_client ON public.matters USING btree (client_id)
  CREATE INDEX matters_number ON public.matters USING btree (firm_id, number)
  CREATE INDEX matters_number_begins ON public.matters USING btree (firm_id, lower(COALESCE(number, ''::text)) COLLATE "C")
  CREATE INDEX matters_words ON public.matters USING gin (lower(((COALESCE(number, ''::text) || ' '::text) || COALESCE(title, ''::text))) gin_trgm_ops)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))))
  CREATE TRIGGER plan_anew AFTER UPDATE ON public.matters FOR EACH ROW WHEN (((new.client_id IS DISTINCT FROM old.client_id) OR ((new.data -> 'responsible_attorney_id'::text) IS DISTINCT FROM (old.data -> 'responsible_attorney_id'::text)))) EXECUTE FUNCTION plan_matters_anew()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table messages
  owner tipstaff_owner
  options fillfactor=60
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column notice_id uuid not null
  column matter_id uuid
  column client_id uuid not null
  column contact_point_id uuid not null
  column connection_id uuid not null
  column channel text not null
  column address text not null
  column purpose text not null
  column urgent boolean not null
  column template_key text not null
  column template_version integer not null
  column language text not null
  column subject text
  column body text
  column salt bytea
  column segments integer
  column state text not null grant select to tipstaff_lookup
  column reason text
  column due_at timestamp with time zone not null -- when it may leave or is looked at again; of a sent one, when its provider is asked what became of it grant select to tipstaff_lookup
  column attempt_count integer not null default 0
  column retry_step integer not null default 0 -- how much of the retry budget is used; a replay by a person starts it anew
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  column provider_message_id text
  column sent_at timestamp with time zone
  column settled_at timestamp with time zone
  column opened_at timestamp with time zone
  column machine_opened_at timestamp with time zone
  column clicked_at timestamp with time zone
  column replied_at timestamp with time zone
  column cause text not null -- the notice's cause, channel and normalised address: said once
  column created_at timestamp with time zone not null
  column digest_id uuid -- the digest that this waits for, or by which it was said
  column carries uuid -- the digest that this message is
  column calendar text -- the .ics that goes with a mail; written and deleted with its words
  column words_deleted_at timestamp with time zone
  column words_deleted_rule text
  column words_hash text -- what the record holds as bodyHash; the salt went with the words, so that they can't be guessed
  constraint messages_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint messages_state_check CHECK ((state = ANY (ARRAY['held'::text, 'queued'::text, 'sending'::text, 'unknown'::text, 'sent'::text, 'delivered'::text, 'undelivered'::text, 'dead'::text, 'cancelled'::text])))
  constraint messages_carries_fkey FOREIGN KEY (carries) REFERENCES digests(id)
  constraint messages_contact_point_id_fkey FOREIGN KEY (contact_point_id) REFERENCES contact_points(id)
  constraint messages_digest_id_fkey FOREIGN KEY (digest_id) REFERENCES digests(id)
  constraint messages_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notices(id)
  constraint messages_pkey PRIMARY KEY (id)
  constraint messages_cause_firm_id_key UNIQUE (cause, firm_id)
  CREATE INDEX messages_address ON public.messages USING btree (address, firm_id, created_at DESC)
  CREATE INDEX messages_carries ON public.messages USING btree (carries) WHERE (carries IS NOT NULL)
  CREATE INDEX messages_client ON public.messages USING btree (client_id, created_at DESC)
  CREATE INDEX messages_created ON public.messages USING btree (firm_id, created_at)
  CREATE INDEX messages_digest ON public.messages USING btree (digest_id) WHERE (digest_id IS NOT NULL)
  CREATE INDEX messages_matter ON public.messages USING btree (matter_id, created_at DESC)
  CREATE INDEX messages_notice ON public.messages USING btree (notice_id)
  CREATE INDEX messages_sent_at ON public.messages USING brin (sent_at)
  CREATE INDEX messages_words ON public.messages USING btree (firm_id, purpose, created_at) WHERE (body IS NOT NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((((matter_id IS NULL) OR (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))) AND (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))) AND ((carries IS NULL) OR (EXISTS ( SELECT
     FROM digests d
    WHERE (d.id = messages.carries))))))
  CREATE TRIGGER forget_invitation BEFORE UPDATE OF body ON public.messages FOR EACH ROW WHEN (((new.body IS NULL) AND (new.calendar IS NOT NULL))) EXECUTE FUNCTION forget_invitation()
  CREATE TRIGGER hold_row BEFORE DELETE ON public.messages FOR EACH ROW EXECUTE FUNCTION refuse_under_hold()
  CREATE TRIGGER hold_words BEFORE UPDATE OF body ON public.messages FOR EACH ROW WHEN (((new.body IS NULL) AND (old.body IS NOT NULL))) EXECUTE FUNCTION refuse_under_hold()
  CREATE TRIGGER open_messages_gone AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION messages_gone()
  CREATE TRIGGER open_messages_made AFTER INSERT ON public.messages REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION messages_made()
  CREATE TRIGGER open_messages_moved AFTER UPDATE ON public.messages REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION messages_moved()
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table migrations
  comment 'What has been applied to this database, and when.'
  owner tipstaff_owner
  column name text not null
  column checksum text not null
  column applied_at timestamp with time zone not null default now()
  constraint migrations_pkey PRIMARY KEY (name)
  grant select to public
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner

table notices
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column event_id uuid not null
  column matter_id uuid
  column client_id uuid
  column rule_key text not null
  column rule_version integer not null
  column action integer not null
  column purpose text not null
  column urgency text not null
  column template_key text not null
  column state text not null grant select to tipstaff_lookup
  column reason text
  column gates jsonb not null default '[]'::jsonb
  column state_entry integer
  column fact_id uuid
  column fact_mark text -- the fact's mark when this was decided: once the fact has another, this is no longer true
  column due_at timestamp with time zone grant select to tipstaff_lookup
  column deadline_at timestamp with time zone -- when evidence that is still missing becomes a task for staff
  column cause text not null -- matter, rule, action and subject of the event: the same cause makes one notice
  column created_at timestamp with time zone not null
  column updated_at timestamp with time zone not null
  column audience text not null default 'client'::text -- what its addressee is to the matter; only as long as they are that is it said
  column overrides text[] not null default '{}'::text[] -- gates that a person let it pass; what is not among the possible ones nobody can
  column overrides_until timestamp with time zone -- later, the gates hold again: whoever let it pass did so for then
  constraint notices_audience_check CHECK ((audience = ANY (ARRAY['client'::text, 'participants'::text, 'attorney'::text])))
  constraint notices_overrides_check CHECK ((overrides <@ ARRAY['quiet_hours'::text, 'cap'::text]))
  constraint notices_purpose_check CHECK ((purpose = ANY (ARRAY['status'::text, 'reminder'::text, 'conversation'::text, 'billing'::text, 'intake'::text, 'marketing'::text])))
  constraint notices_state_check CHECK ((state = ANY (ARRAY['decided'::text, 'held'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'messaged'::text])))
  constraint notices_urgency_check CHECK ((urgency = ANY (ARRAY['normal'::text, 'urgent'::text])))
  constraint notices_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id)
  constraint notices_pkey PRIMARY KEY (id)
  constraint notices_firm_id_cause_key UNIQUE (firm_id, cause)
  CREATE INDEX notices_again ON public.notices USING btree (matter_id) WHERE (state_entry IS NULL)
  CREATE INDEX notices_client ON public.notices USING btree (client_id, created_at)
  CREATE INDEX notices_event ON public.notices USING btree (event_id)
  CREATE INDEX notices_fact ON public.notices USING btree (fact_id) WHERE (fact_id IS NOT NULL)
  CREATE INDEX notices_held ON public.notices USING btree (firm_id, due_at) WHERE (state = 'held'::text)
  CREATE INDEX notices_held_matter ON public.notices USING btree (matter_id) WHERE (state = 'held'::text)
  CREATE INDEX notices_held_newest ON public.notices USING btree (firm_id, id) WHERE (state = 'held'::text)
  CREATE INDEX notices_matter ON public.notices USING btree (matter_id, created_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((((matter_id IS NULL) OR (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))) AND ((client_id IS NULL) OR (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table open_messages
  comment 'an index of messages that are held, queued, sending or unknown, or sent and still to be asked about, kept by the triggers of messages and by nothing else'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column message_id uuid not null
  column connection_id uuid not null
  column urgent boolean not null
  column state text not null grant select to tipstaff_lookup
  column due_at timestamp with time zone not null grant select to tipstaff_lookup
  column lease_until timestamp with time zone grant select to tipstaff_lookup
  constraint open_messages_pkey PRIMARY KEY (message_id)
  CREATE INDEX open_messages_queued ON public.open_messages USING btree (firm_id, connection_id, urgent DESC, due_at, message_id) WHERE (state = 'queued'::text)
  CREATE INDEX open_messages_sending ON public.open_messages USING btree (firm_id, lease_until) WHERE (state = 'sending'::text)
  CREATE INDEX open_messages_sent ON public.open_messages USING btree (firm_id, due_at) WHERE (state = 'sent'::text)
  CREATE INDEX open_messages_waiting ON public.open_messages USING btree (firm_id, due_at) WHERE (state = ANY (ARRAY['held'::text, 'unknown'::text]))
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM messages m
    WHERE (m.id = open_messages.message_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table outages
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column from_at timestamp with time zone not null
  column to_at timestamp with time zone not null
  column reminders uuid[] not null -- those whose moment had passed when work began again: what became of them is what the operators are told
  column due_at timestamp with time zone -- when the operators are told at the latest; null: they have been grant select to tipstaff_lookup
  constraint outages_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint outages_pkey PRIMARY KEY (id)
  constraint outages_firm_id_from_at_key UNIQUE (firm_id, from_at)
  CREATE INDEX outages_untold ON public.outages USING btree (firm_id) WHERE (due_at IS NOT NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table pauses
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column scope text not null
  column target_id uuid not null
  column reason text not null
  column paused_by text not null
  column created_at timestamp with time zone not null
  column ends_at timestamp with time zone
  column lifted_at timestamp with time zone
  column lifted_by text
  constraint pauses_scope_check CHECK ((scope = ANY (ARRAY['firm'::text, 'matter'::text, 'client'::text])))
  constraint pauses_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint pauses_pkey PRIMARY KEY (id)
  CREATE INDEX pauses_live ON public.pauses USING btree (firm_id, target_id) WHERE (lifted_at IS NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (((target_id IS NULL) OR ((target_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))) AND (target_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table payload_shapes
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column connection_id uuid not null
  column mapping text not null
  column field text not null
  column seen integer not null -- up to the number after which a shape is settled; from then on nothing is written
  column lost integer not null
  column kind text -- null: never anything but empty
  constraint payload_shapes_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'flag'::text, 'list'::text, 'record'::text, 'several'::text])))
  constraint payload_shapes_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint payload_shapes_pkey PRIMARY KEY (connection_id, mapping, field)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table quality_items
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column kind text not null
  column subject text not null
  column external_id text not null -- of the record in the CMS; of a status, the status itself
  column field text not null
  column value text -- personal data; emptied when the item is no longer open
  column reason text not null
  column suggestion text
  column link text
  column state text not null
  column corrected_here boolean not null default false -- staff gave a contact point of their own: that the CMS still shows the old one is no news
  column first_seen_at timestamp with time zone not null
  column last_seen_at timestamp with time zone not null
  column resolved_at timestamp with time zone
  column resolved_by text
  column resolution text
  constraint quality_items_state_check CHECK ((state = ANY (ARRAY['open'::text, 'fixed'::text, 'ignored'::text])))
  constraint quality_items_subject_check CHECK ((subject = ANY (ARRAY['client'::text, 'matter'::text, 'appointment'::text, 'document'::text, 'bill'::text, 'status'::text])))
  constraint quality_items_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint quality_items_pkey PRIMARY KEY (id)
  constraint quality_items_connection_id_kind_subject_external_id_field_key UNIQUE (connection_id, kind, subject, external_id, field)
  CREATE INDEX quality_items_open ON public.quality_items USING btree (firm_id, id) WHERE (state = 'open'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((external_id <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table quarantine
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column connection_id uuid not null
  column delivery_id uuid not null
  column kind text not null
  column raw_status text
  column detail jsonb not null
  column state text not null default 'open'::text
  column at timestamp with time zone not null
  column resolved_at timestamp with time zone
  column resolved_by text
  constraint quarantine_kind_check CHECK ((kind = ANY (ARRAY['unreadable'::text, 'unmapped'::text, 'unknown_status'::text, 'no_matter'::text, 'mapping_error'::text, 'drift'::text])))
  constraint quarantine_state_check CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'discarded'::text])))
  constraint quarantine_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES inbound_deliveries(id)
  constraint quarantine_firm_id_connection_id_fkey FOREIGN KEY (firm_id, connection_id) REFERENCES connections(firm_id, id)
  constraint quarantine_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX quarantine_delivery ON public.quarantine USING btree (delivery_id) WHERE (state = 'open'::text)
  CREATE INDEX quarantine_of_delivery ON public.quarantine USING btree (delivery_id)
  CREATE INDEX quarantine_open ON public.quarantine USING btree (firm_id, at) WHERE (state = 'open'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using (COALESCE(((detail ->> 'matter'::text) <> ALL (ARRAY( SELECT closed_names.external_id
     FROM closed_names() closed_names(external_id)))), true))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table receipts
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column connection_id uuid not null
  column key text not null
  column attempt_id uuid
  column message_id uuid grant select to tipstaff_lookup
  column provider_message_id text
  column kind text not null
  column code text
  column detail text
  column suppress text
  column retryable boolean not null default false
  column page boolean not null default false
  column at timestamp with time zone not null
  column received_at timestamp with time zone not null grant select to tipstaff_lookup
  constraint receipts_kind_check CHECK ((kind = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'deferred'::text, 'undelivered'::text, 'failed'::text, 'bounced'::text, 'dropped'::text, 'opened'::text, 'machine_opened'::text, 'clicked'::text, 'unsubscribed'::text, 'spam_report'::text, 'resubscribed'::text])))
  constraint receipts_pkey PRIMARY KEY (connection_id, key)
  CREATE INDEX receipts_message ON public.receipts USING btree (message_id)
  CREATE INDEX receipts_unmatched ON public.receipts USING btree (firm_id, received_at) WHERE (message_id IS NULL)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((EXISTS ( SELECT
     FROM messages m
    WHERE (m.id = receipts.message_id))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table reminder_books
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column made_of text not null -- plans, quiet hours and the edition of the time zone data, as a hash
  column made_at timestamp with time zone not null
  constraint reminder_books_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint reminder_books_pkey PRIMARY KEY (firm_id)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table reminders
  comment 'the unique index is what makes a reminder one: an appointment, its version, the step of the plan, whom it is for; the contact point follows in messages.cause'
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null
  column fact_id uuid not null
  column matter_id uuid not null
  column edition integer not null -- facts.edition of the appointment that was planned
  column mark text not null -- facts.mark of that edition: what a message about it must agree with
  column plan_key text not null
  column step_key text not null
  column starts_at timestamp with time zone not null
  column due_at timestamp with time zone grant select to tipstaff_lookup
  column state text not null grant select to tipstaff_lookup
  column reason text
  column zone text not null
  column zone_of text not null -- whose zone the moment was found in
  column asked_at timestamp with time zone -- since when the CMS has been asked whether it is still true
  column event_id uuid
  column created_at timestamp with time zone not null
  column updated_at timestamp with time zone not null
  column person text -- null: the client; else who it is for, as clients.external_id names them in the system of the appointment
  constraint reminders_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'checking'::text, 'said'::text, 'skipped'::text, 'superseded'::text])))
  constraint reminders_zone_of_check CHECK ((zone_of = ANY (ARRAY['client'::text, 'firm'::text])))
  constraint reminders_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts(id)
  constraint reminders_pkey PRIMARY KEY (id)
  CREATE INDEX reminders_due ON public.reminders USING btree (firm_id, due_at) WHERE (state = ANY (ARRAY['planned'::text, 'checking'::text]))
  CREATE UNIQUE INDEX reminders_once ON public.reminders USING btree (fact_id, edition, plan_key, step_key, person) NULLS NOT DISTINCT
  CREATE INDEX reminders_person ON public.reminders USING btree (person) WHERE ((person IS NOT NULL) AND (state = ANY (ARRAY['planned'::text, 'checking'::text])))
  CREATE INDEX reminders_starts ON public.reminders USING btree (firm_id, starts_at)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  policy matter_wall restrictive for all to tipstaff_walled using ((matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id)))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table secrets
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column name text not null
  column ciphertext bytea not null
  column at timestamp with time zone not null
  constraint secrets_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint secrets_pkey PRIMARY KEY (firm_id, name)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in."rateLimit"
  owner tipstaff_owner
  column id text not null
  column key text not null
  column count integer not null
  column "lastRequest" bigint not null
  constraint "rateLimit_pkey" PRIMARY KEY (id)
  constraint "rateLimit_key_key" UNIQUE (key)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in."twoFactor"
  owner tipstaff_owner
  column id text not null
  column secret text not null
  column "backupCodes" text not null
  column "userId" text not null
  column verified boolean
  column "failedVerificationCount" integer
  column "lockedUntil" timestamp with time zone
  constraint "twoFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES sign_in."user"(id) ON DELETE CASCADE
  constraint "twoFactor_pkey" PRIMARY KEY (id)
  CREATE INDEX two_factor_secret ON sign_in."twoFactor" USING btree (secret)
  CREATE INDEX two_factor_user ON sign_in."twoFactor" USING btree ("userId")
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in."user"
  owner tipstaff_owner
  column id text not null
  column name text not null
  column email text not null
  column "emailVerified" boolean not null
  column image text
  column "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  column "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  column "twoFactorEnabled" boolean
  constraint user_pkey PRIMARY KEY (id)
  constraint user_email_key UNIQUE (email)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in.account
  owner tipstaff_owner
  column id text not null
  column "accountId" text not null
  column "providerId" text not null
  column "userId" text not null
  column "accessToken" text
  column "refreshToken" text
  column "idToken" text
  column "accessTokenExpiresAt" timestamp with time zone
  column "refreshTokenExpiresAt" timestamp with time zone
  column scope text
  column password text
  column "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  column "updatedAt" timestamp with time zone not null
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES sign_in."user"(id) ON DELETE CASCADE
  constraint account_pkey PRIMARY KEY (id)
  CREATE INDEX account_by_user ON sign_in.account USING btree ("userId")
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in.passkey
  owner tipstaff_owner
  column id text not null
  column name text
  column "publicKey" text not null
  column "userId" text not null
  column "credentialID" text not null
  column counter integer not null
  column "deviceType" text not null
  column "backedUp" boolean not null
  column transports text
  column "createdAt" timestamp with time zone
  column aaguid text
  constraint "passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES sign_in."user"(id) ON DELETE CASCADE
  constraint passkey_pkey PRIMARY KEY (id)
  CREATE INDEX passkey_credential ON sign_in.passkey USING btree ("credentialID")
  CREATE INDEX passkey_user ON sign_in.passkey USING btree ("userId")
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in.session
  owner tipstaff_owner
  column id text not null
  column "expiresAt" timestamp with time zone not null
  column token text not null
  column "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  column "updatedAt" timestamp with time zone not null
  column "ipAddress" text
  column "userAgent" text
  column "userId" text not null
  column proof text -- password, second_factor, passkey or firm (its own sign-in); null: made by an older release
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES sign_in."user"(id) ON DELETE CASCADE
  constraint session_pkey PRIMARY KEY (id)
  constraint session_token_key UNIQUE (token)
  CREATE INDEX session_by_user ON sign_in.session USING btree ("userId")
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table sign_in.verification
  owner tipstaff_owner
  column id text not null
  column identifier text not null
  column value text not null
  column "expiresAt" timestamp with time zone not null
  column "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  column "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint verification_pkey PRIMARY KEY (id)
  CREATE INDEX verification_identifier ON sign_in.verification USING btree (identifier)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table staff
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null grant select to tipstaff_lookup
  column id uuid not null grant select to tipstaff_lookup
  column user_id text -- sign_in."user".id; null until the invitation is followed grant select to tipstaff_lookup
  column name text not null
  column email text -- null: an invitation for whoever holds the link, as the first owner's is
  column role text not null
  column invite_hash bytea -- SHA-256 of the token in the link; null once it was used or taken back grant select to tipstaff_lookup
  column invite_expires_at timestamp with time zone
  column invited_by text not null
  column created_at timestamp with time zone not null
  column joined_at timestamp with time zone
  column removed_at timestamp with time zone grant select to tipstaff_lookup
  column suspended_at timestamp with time zone -- who is suspended signs in nowhere; null: they are not
  column last_seen_at timestamp with time zone -- to some minutes: not written at each request
  constraint staff_check CHECK (((joined_at IS NULL) = (user_id IS NULL)))
  constraint staff_check1 CHECK (((joined_at IS NULL) OR (email IS NOT NULL)))
  constraint staff_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'attorney'::text, 'staff'::text, 'read_only'::text, 'operator'::text])))
  constraint staff_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint staff_pkey PRIMARY KEY (id)
  constraint staff_firm_id_id_key UNIQUE (firm_id, id)
  constraint staff_invite_hash_key UNIQUE (invite_hash)
  constraint staff_user_id_key UNIQUE (user_id)
  CREATE UNIQUE INDEX staff_email ON public.staff USING btree (firm_id, lower(email)) WHERE ((removed_at IS NULL) AND (email IS NOT NULL))
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy lookup permissive for select to tipstaff_lookup using (true)
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

table tasks
  owner tipstaff_owner
  row level security, forced
  column firm_id uuid not null
  column id uuid not null
  column kind text not null
  column title text not null
  column detail text not null default ''::text
  column matter_id uuid
  column client_id uuid
  column assignee text
  column due_at timestamp with time zone
  column state text not null default 'open'::text
  column cause text not null -- what made it; the same cause makes one task
  column created_at timestamp with time zone not null
  column done_at timestamp with time zone
  column done_by text
  constraint tasks_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
  constraint tasks_firm_id_client_id_fkey FOREIGN KEY (firm_id, client_id) REFERENCES clients(firm_id, id)
  constraint tasks_firm_id_fkey FOREIGN KEY (firm_id) REFERENCES firms(firm_id)
  constraint tasks_firm_id_matter_id_fkey FOREIGN KEY (firm_id, matter_id) REFERENCES matters(firm_id, id)
  constraint tasks_pkey PRIMARY KEY (id)
  constraint tasks_firm_id_cause_key UNIQUE (firm_id, cause)
  CREATE INDEX tasks_client ON public.tasks USING btree (client_id)
  CREATE INDEX tasks_created ON public.tasks USING btree (firm_id, created_at)
  CREATE INDEX tasks_matter ON public.tasks USING btree (matter_id)
  CREATE INDEX tasks_open ON public.tasks USING btree (firm_id, due_at) WHERE (state = 'open'::text)
  policy firm_wall permissive for all to public using ((firm_id = ( SELECT current_firm() AS current_firm))) with check ((firm_id = ( SELECT current_firm() AS current_firm)))
  policy matter_wall restrictive for all to tipstaff_walled using ((((matter_id IS NULL) OR (matter_id <> ALL (ARRAY( SELECT closed_matters.matter_id
     FROM closed_matters() closed_matters(matter_id))))) AND ((client_id IS NULL) OR (client_id <> ALL (ARRAY( SELECT closed_clients.client_id
     FROM closed_clients() closed_clients(client_id)))))))
  grant delete, insert, select, update to tipstaff_app
  grant delete, insert, maintain, references, select, trigger, truncate, update to tipstaff_owner
  grant delete, insert, select, update to tipstaff_walled

-- functions

function allow_lookup(regclass,text)
  owner tipstaff_owner
  CREATE OR REPLACE PROCEDURE public.allow_lookup(IN target regclass, IN columns text)
   LANGUAGE plpgsql
  AS $procedure$
  begin
    execute format('create policy lookup on %s for select to tipstaff_lookup using (true)', target);
    execute format('grant select (%s) on %s to tipstaff_lookup', columns, target);
  end $procedure$

function begins_with(text)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.begins_with(needle text)
   RETURNS text
   LANGUAGE sql
   IMMUTABLE
  AS $function$ select regexp_replace(needle, '\\(.)', '\1', 'g') $function$

function closed_clients()
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.closed_clients()
   RETURNS TABLE(client_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER ROWS 10
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$
      select distinct m.client_id from matters m join closed_matters() c on c.matter_id = m.id
      where m.client_id is not null and not exists (
        select from matters o where o.client_id = m.client_id and o.id not in (select x.matter_id from closed_matters() x)) $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function closed_matters()
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.closed_matters()
   RETURNS TABLE(matter_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER ROWS 10
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select w.matter_id from matter_walls w where w.staff_id = current_staff() $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function closed_names()
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.closed_names()
   RETURNS TABLE(external_id text)
   LANGUAGE sql
   STABLE SECURITY DEFINER ROWS 10
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$
      select m.external_id from matters m join closed_matters() c on c.matter_id = m.id
      union all select k.external_id from clients k join closed_clients() c on c.client_id = k.id $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function current_firm()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.current_firm()
   RETURNS uuid
   LANGUAGE sql
   STABLE PARALLEL SAFE
  AS $function$ select nullif(current_setting('tipstaff.firm_id', true), '')::uuid $function$

function current_staff()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.current_staff()
   RETURNS uuid
   LANGUAGE sql
   STABLE PARALLEL SAFE
  AS $function$ select nullif(current_setting('tipstaff.staff_id', true), '')::uuid $function$

function delivery_on_hold(uuid)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.delivery_on_hold(delivery uuid)
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
      select case when exists (select from events e where e.delivery_id = delivery and e.matter_id is not null)
        then on_hold(array(select e.matter_id from events e where e.delivery_id = delivery and e.matter_id is not null),
          array(select e.client_id from events e where e.delivery_id = delivery and e.client_id is not null))
        else exists (select from legal_holds h where h.firm_id = current_firm() and h.released_at is null) end $function$

function digest_moved_on(uuid)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.digest_moved_on(digest uuid)
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
    select exists (
      select from messages i join notices n on n.id = i.notice_id
        left join matters t on t.id = i.matter_id left join facts f on f.id = n.fact_id
      where i.digest_id = digest and i.state = 'cancelled' and i.reason = 'in a digest'
        and ((n.state_entry is not null and n.state_entry <> t.state_entry)
          or (f.id is not null and f.mark is distinct from n.fact_mark)
          or (i.matter_id is not null and t.client_id is distinct from i.client_id)
          or t.data -> 'paused' = 'true'::jsonb))
  $function$

function due_work(timestamp with time zone)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.due_work(moment timestamp with time zone)
   RETURNS TABLE(lane text, firm_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$
      select 'decide', f.firm_id from firms f where exists
        (select from inbound_deliveries d where d.firm_id = f.firm_id and d.state = 'stored' and d.due_at <= moment)
      union all
      select 'release', f.firm_id from firms f where exists
        (select from notices n where n.firm_id = f.firm_id and n.state = 'held' and n.due_at <= moment)
        or exists (select from open_messages m where m.firm_id = f.firm_id and m.state = 'held' and m.due_at <= moment)
      union all
      select 'deliver', f.firm_id from firms f where exists
        (select from open_messages m where m.firm_id = f.firm_id and m.state = 'queued' and m.due_at <= moment)
      union all
      select 'reconcile', f.firm_id from firms f where exists
        (select from open_messages m where m.firm_id = f.firm_id and m.state = 'sending' and m.lease_until <= moment)
        or exists (select from open_messages m where m.firm_id = f.firm_id and m.state = 'unknown' and m.due_at <= moment)
        or exists (select from receipts r where r.firm_id = f.firm_id and r.message_id is null
                   and r.received_at >= moment - interval '15 minutes')
      union all
      select 'confirm', f.firm_id from firms f where exists
        (select from open_messages m where m.firm_id = f.firm_id and m.state = 'sent' and m.due_at <= moment)
      union all
      select 'fetch', f.firm_id from firms f where exists
        (select from fact_requests r where r.firm_id = f.firm_id and r.due_at <= moment
         and (r.lease_until is null or r.lease_until <= moment))
      union all
      select 'alert', f.firm_id from firms f where exists
        (select from alert_deliveries a where a.firm_id = f.firm_id and a.state = 'queued' and a.due_at <= moment
         and (a.lease_until is null or a.lease_until <= moment))
      union all
      select 'poll', f.firm_id from firms f where exists
        (select from cms_streams s where s.firm_id = f.firm_id and s.due_at <= moment
         and (s.lease_until is null or s.lease_until <= moment))
      union all
      select 'writeback', f.firm_id from firms f where exists
        (select from cms_writes w where w.firm_id = f.firm_id and w.state in ('queued', 'writing') and w.due_at <= moment
         and (w.lease_until is null or w.lease_until <= moment))
      union all
      select 'plan', f.firm_id from firms f where exists
        (select from facts a where a.firm_id = f.firm_id and a.kind = 'appointment' and a.planned <> 'done'
         and a.matter_id is not null)
      union all
      select 'digest', f.firm_id from firms f where exists
        (select from digests d where d.firm_id = f.firm_id and d.state = 'open' and d.due_at <= moment)
      union all
      select 'remind', f.firm_id from firms f where exists
        (select from reminders r where r.firm_id = f.firm_id and r.state in ('planned', 'checking') and r.due_at <= moment)
    $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function forget_invitation()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.forget_invitation()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    new.calendar := null;
    return new;
  end $function$

function late_work(timestamp with time zone)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.late_work(moment timestamp with time zone)
   RETURNS TABLE(lane text, firm_id uuid, since timestamp with time zone)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$
      select 'remind', r.firm_id, min(r.due_at) from reminders r
        where r.state in ('planned', 'checking') and r.due_at <= moment group by r.firm_id
      union all
      select 'decide', d.firm_id, min(d.due_at) from inbound_deliveries d
        where d.state = 'stored' and d.due_at <= moment group by d.firm_id
      union all
      select 'outage', o.firm_id, min(o.due_at) from outages o where o.due_at is not null group by o.firm_id
    $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function list_firms()
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.list_firms()
   RETURNS TABLE(firm_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select f.firm_id from firms f order by f.firm_id $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_api_key(bytea)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_api_key(wanted bytea)
   RETURNS TABLE(firm_id uuid, api_key_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select k.firm_id, k.id from api_keys k where k.hash = wanted and k.revoked_at is null $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_connection(text)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_connection(wanted text)
   RETURNS TABLE(firm_id uuid, connection_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select c.firm_id, c.id from connections c where c.key = wanted and c.state <> 'removed' $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_consent(bytea)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_consent(wanted bytea)
   RETURNS TABLE(firm_id uuid, connection_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select c.firm_id, c.connection_id from cms_consents c where c.state_hash = wanted $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_firm(text)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_firm(wanted text)
   RETURNS TABLE(firm_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select f.firm_id from firms f where f.key = wanted $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_invitation(bytea)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_invitation(wanted bytea)
   RETURNS TABLE(firm_id uuid, staff_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select s.firm_id, s.id from staff s where s.invite_hash = wanted and s.removed_at is null $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function lookup_staff(text)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.lookup_staff(wanted text)
   RETURNS TABLE(firm_id uuid, staff_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
  AS $function$ select s.firm_id, s.id from staff s where s.user_id = wanted and s.removed_at is null $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup

function make_lookup(regprocedure)
  owner tipstaff_owner
  CREATE OR REPLACE PROCEDURE public.make_lookup(IN target regprocedure)
   LANGUAGE plpgsql
  AS $procedure$
  begin
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', target);
    grant create on schema public to tipstaff_lookup;
    execute format('alter function %s owner to tipstaff_lookup', target);
    execute format('revoke all on function %s from public', target);
    execute format('grant execute on function %s to tipstaff_app', target);
    revoke create on schema public from tipstaff_lookup;
  end $procedure$

function message_on_hold(uuid,uuid,uuid)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.message_on_hold(matter uuid, person uuid, digest uuid)
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
      select on_hold(
        case when matter is not null then array[matter]
          when digest is not null then (select d.matter_ids from digests d where d.id = digest)
          else array(select m.id from matters m where m.client_id = person) end,
        array[person]) $function$

function messages_gone()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.messages_gone()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    delete from open_messages o using gone g where o.message_id = g.id;
    return null;
  end $function$

function messages_made()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.messages_made()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    insert into open_messages (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
      select firm_id, id, connection_id, urgent, state, due_at, lease_until
      from made where state in ('held', 'queued', 'sending', 'unknown') or (state = 'sent' and due_at < '9999-01-01');
    return null;
  end $function$

function messages_moved()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.messages_moved()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    delete from open_messages o using moved m
      where o.message_id = m.id
        and not (m.state in ('held', 'queued', 'sending', 'unknown') or (m.state = 'sent' and m.due_at < '9999-01-01'));
    insert into open_messages as o (firm_id, message_id, connection_id, urgent, state, due_at, lease_until)
      select firm_id, id, connection_id, urgent, state, due_at, lease_until
      from moved where state in ('held', 'queued', 'sending', 'unknown') or (state = 'sent' and due_at < '9999-01-01')
      on conflict (message_id) do update set connection_id = excluded.connection_id, urgent = excluded.urgent,
        state = excluded.state, due_at = excluded.due_at, lease_until = excluded.lease_until;
    return null;
  end $function$

function on_hold(uuid[],uuid[])
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.on_hold(matters uuid[], people uuid[])
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
      select exists (
        select from legal_holds h
        where h.firm_id = current_firm() and h.released_at is null
          and (h.matter_id = any(matters) or h.client_id = any(people)
            or h.client_id in (select m.client_id from matters m where m.id = any(matters)))) $function$

function open_subjects(text[])
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.open_subjects(about text[])
   RETURNS SETOF text
   LANGUAGE sql
   STABLE ROWS 100
  AS $function$
      with asked as (
        select distinct s as subject, split_part(s, ':', 1) as kind, uuid_or_null(split_part(s, ':', 2)) as id from unnest(about) s)
      select asked.subject from asked join messages t on t.id = asked.id where asked.kind = 'message'
      union all select asked.subject from asked join matters t on t.id = asked.id where asked.kind = 'matter'
      union all select asked.subject from asked join clients t on t.id = asked.id where asked.kind = 'client'
      union all select asked.subject from asked join events t on t.id = asked.id where asked.kind = 'event'
      union all select asked.subject from asked join tasks t on t.id = asked.id where asked.kind = 'task'
      union all select asked.subject from asked join incoming_texts t on t.id = asked.id where asked.kind = 'text'
      union all select asked.subject from asked join digests t on t.id = asked.id where asked.kind = 'digest'
      union all select asked.subject from asked join quality_items t on t.id = asked.id where asked.kind = 'quality'
      union all select asked.subject from asked join facts t on t.id = asked.id where asked.kind = 'appointment'
      union all select asked.subject from asked where asked.kind = 'delivery' and exists (select from events e where e.delivery_id = asked.id)
      union all select asked.subject from asked where asked.kind in ('firm', 'connection', 'api_key', 'secret', 'staff', 'epoch', 'revision')
    $function$

function plan_anew()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.plan_anew()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
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
  end $function$

function plan_clients_anew()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.plan_clients_anew()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    update facts f set planned = 'again' from matters m
    where m.client_id = new.id and f.matter_id = m.id and f.kind = 'appointment' and f.planned = 'done';
    update facts f set planned = 'again' from reminders r
    where r.person = new.external_id and r.state in ('planned', 'checking') and f.id = r.fact_id and f.planned = 'done'
      and f.connection_id = new.connection_id;
    return null;
  end $function$

function plan_matters_anew()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.plan_matters_anew()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
  begin
    update facts f set planned = 'again' where f.matter_id = new.id and f.kind = 'appointment' and f.planned = 'done';
    return null;
  end $function$

function protect(regclass)
  owner tipstaff_owner
  CREATE OR REPLACE PROCEDURE public.protect(IN target regclass)
   LANGUAGE plpgsql
  AS $procedure$
  begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
      'create policy firm_wall on %s using (firm_id = (select current_firm())) with check (firm_id = (select current_firm()))', target);
    execute format('grant select, insert, update, delete on %s to tipstaff_app, tipstaff_walled', target);
  end $procedure$

function refuse_under_hold()
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.refuse_under_hold()
   RETURNS trigger
   LANGUAGE plpgsql
  AS $function$
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
  end $function$

function search_addresses(text,integer)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.search_addresses(needle text, most integer)
   RETURNS TABLE(client_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
   SET enable_bitmapscan TO 'on'
  AS $function$
      select p.client_id from contact_points p
      where p.firm_id = current_firm() and lower(p.address) like '%' || needle || '%'
      group by p.client_id order by bool_and(p.removed_at is not null), p.client_id limit most $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function search_clients(text,integer)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.search_clients(needle text, most integer)
   RETURNS TABLE(client_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
   SET enable_bitmapscan TO 'on'
  AS $function$
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
      order by place, name, id limit most $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function search_clients_alike(text,integer)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.search_clients_alike(needle text, most integer)
   RETURNS TABLE(client_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
   SET enable_bitmapscan TO 'on'
  AS $function$
      select id from (
        select c.id, word_similarity(needle, lower(c.name)) as alike from clients c
        where c.firm_id = current_firm() and needle <% lower(c.name) limit 2000) found
      order by alike desc, id limit most $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function search_matters(text,integer)
  owner tipstaff_lookup
  CREATE OR REPLACE FUNCTION public.search_matters(needle text, most integer)
   RETURNS TABLE(matter_id uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'public', 'pg_temp'
   SET enable_bitmapscan TO 'on'
  AS $function$
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
      order by place, number, id limit most $function$
  grant execute to tipstaff_app
  grant execute to tipstaff_lookup
  grant execute to tipstaff_walled

function subject_open(text)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.subject_open(about text)
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
      select case split_part(about, ':', 1)
        when 'message' then exists (select from messages where id = uuid_or_null(split_part(about, ':', 2)))
        when 'matter' then exists (select from matters where id = uuid_or_null(split_part(about, ':', 2)))
        when 'client' then exists (select from clients where id = uuid_or_null(split_part(about, ':', 2)))
        when 'event' then exists (select from events where id = uuid_or_null(split_part(about, ':', 2)))
        when 'task' then exists (select from tasks where id = uuid_or_null(split_part(about, ':', 2)))
        when 'text' then exists (select from incoming_texts where id = uuid_or_null(split_part(about, ':', 2)))
        when 'digest' then exists (select from digests where id = uuid_or_null(split_part(about, ':', 2)))
        when 'quality' then exists (select from quality_items where id = uuid_or_null(split_part(about, ':', 2)))
        when 'appointment' then exists (select from facts where id = uuid_or_null(split_part(about, ':', 2)))
        when 'delivery' then exists (select from events where delivery_id = uuid_or_null(split_part(about, ':', 2)))
        else split_part(about, ':', 1) in ('firm', 'connection', 'api_key', 'secret', 'staff', 'epoch', 'revision')
      end $function$

function text_on_hold(uuid[],uuid[])
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.text_on_hold(matters uuid[], people uuid[])
   RETURNS boolean
   LANGUAGE sql
   STABLE
  AS $function$
      select on_hold(
        case when matters <> '{}' then matters else array(select m.id from matters m where m.client_id = any(people)) end,
        people) $function$

function uuid_or_null(text)
  owner tipstaff_owner
  CREATE OR REPLACE FUNCTION public.uuid_or_null(given text)
   RETURNS uuid
   LANGUAGE sql
   IMMUTABLE
  AS $function$ select case when given ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then given::uuid end $function$

function wall(regclass,text)
  owner tipstaff_owner
  CREATE OR REPLACE PROCEDURE public.wall(IN target regclass, IN open text)
   LANGUAGE plpgsql
  AS $procedure$
  begin
    execute format('create policy matter_wall on %s as restrictive to tipstaff_walled using (%s)', target, open);
  end $procedure$
