-- By what somebody came in, and what their firm asks for: both are looked at each time that somebody asks for something.
alter table sign_in.session add column proof text;
comment on column sign_in.session.proof is 'password, second_factor, passkey or firm (its own sign-in); null: made by an older release';

alter table firms
  add column second_factor boolean not null default false,
  add column own_sign_in_only boolean not null default false;
comment on column firms.second_factor is 'firm.yaml asks for a second factor of everybody; kept here as a copy, to be read with who asks';
comment on column firms.own_sign_in_only is 'firm.yaml lets everybody but owners in by the firm''s own sign-in alone; a copy as well';
