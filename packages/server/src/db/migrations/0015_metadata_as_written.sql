-- Metadata comes back as it was written: jsonb orders keys anew, and spells 1e300 with 301 digits.
alter table artifact alter column metadata type json using metadata::json;
