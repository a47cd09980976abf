create table folder (
  id text primary key,
  created_at timestamptz not null default now()
);

create table folder_tag (
  folder_id text not null references folder on delete cascade,
  key text not null,
  value text not null,
  primary key (folder_id, key)
);

create table document (
  folder_id text not null references folder,
  id text not null,
  title text not null,
  text text not null,
  -- Counts every change, of tags too: what was decided about is what is changed.
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (folder_id, id)
);

create table document_tag (
  folder_id text not null,
  document_id text not null,
  key text not null,
  value text not null,
  primary key (folder_id, document_id, key),
  foreign key (folder_id, document_id) references document on delete cascade
);

-- Condition keys know no case, so two tags must not differ in case alone.
create unique index folder_tag_any_case on folder_tag (folder_id, lower(key));
create unique index document_tag_any_case on document_tag (folder_id, document_id, lower(key));
