-- Condition keys know no case, and what lower case is, the app says: PostgreSQL's depends on its locale.
alter table document_tag add column lower_key text;
update document_tag set lower_key = lower(key);
alter table document_tag alter column lower_key set not null;

drop index document_tag_any_case;
create unique index document_tag_any_case on document_tag (folder_id, document_id, lower_key);
