-- Which of many subjects of the record somebody behind walls may know of: subject_open for all of them at once. Asked one by
-- one, a firm that sends a hundred messages a second made more entries than could be looked at.
create function open_subjects(about text[]) returns setof text
  language sql stable rows 100
  as $$
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
  $$;
