-- Accounts that can be switched off, accounts of machines, keys that only read or end by themselves, sessions to list.
alter table user_account add column deactivated_at timestamptz; -- null: active
alter table user_account add column service_of uuid; -- service account: entity of its team, or its organisation; null: a person

alter table api_key add column scope text not null default 'full' check (scope in ('full', 'read'));
alter table api_key add column expires_at timestamptz; -- null: good until taken away
alter table api_key add column hint text; -- its first characters, to know it by; null: too short to give any away
alter table api_key add column shown_to uuid references user_account; -- may read it until its first use: derived from the server's secret
create index api_key_shown_to on api_key (shown_to);

alter table session add column id uuid not null default gen_random_uuid() unique; -- names it without giving it away
alter table session add column user_agent text not null default '';
