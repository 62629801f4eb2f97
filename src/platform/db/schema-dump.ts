import type pg from 'pg'

/** Ours are all schemas but PostgreSQL's own and those that libraries keep for themselves. */
const NOT_OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss')`
const notOfExtension = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`

const privileges = (acl: string) =>
  `(select string_agg('grant ' || lower(p.privileges) || ' to ' || p.grantee, ';' order by p.grantee)
      from (select coalesce(nullif(a.grantee, 0)::regrole::text, 'public') as grantee,
                   string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges
              from aclexplode(${acl}) a group by a.grantee) p)`

/** Each part lists objects as `title` (sorted by) and `body` (lines). One query per kind keeps each of them readable. */
const PARTS: { heading: string; sql: string }[] = [
  {
    heading: 'extensions',
    sql: `select 'extension ' || extname as title, '' as body from pg_extension where extname <> 'plpgsql'`,
  },
  {
    heading: 'schemas',
    sql: `select 'schema ' || quote_ident(n.nspname) as title,
                 coalesce(replace(${privileges('n.nspacl')}, ';', chr(10)), '') as body
            from pg_namespace n where ${NOT_OURS}`,
  },
  {
    heading: 'types',
    sql: `select case t.typtype when 'e' then 'enum ' else 'domain ' end || format_type(t.oid, null) as title,
                 case t.typtype
                   when 'e' then (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
                                    from pg_enum e where e.enumtypid = t.oid)
                   else concat_ws(chr(10), 'as ' || format_type(t.typbasetype, t.typtypmod),
                          case when t.typnotnull then 'not null' end, 'default ' || t.typdefault,
                          (select string_agg(pg_get_constraintdef(c.oid), chr(10) order by c.conname)
                             from pg_constraint c where c.contypid = t.oid and c.contype = 'c'))
                 end as body
            from pg_type t join pg_namespace n on n.oid = t.typnamespace
           where t.typtype in ('e', 'd') and ${NOT_OURS} and ${notOfExtension('pg_type', 't.oid')}`,
  },
  {
    heading: 'sequences',
    sql: `select 'sequence ' || c.oid::regclass as title,
                 concat_ws(chr(10), 'as ' || format_type(s.seqtypid, null) || ' start ' || s.seqstart
                   || ' increment ' || s.seqincrement, replace(${privileges('c.relacl')}, ';', chr(10))) as body
            from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
           where c.relkind = 'S' and ${NOT_OURS} and ${notOfExtension('pg_class', 'c.oid')}`,
  },
  {
    heading: 'tables',
    sql: `select case c.relkind when 'v' then 'view ' when 'm' then 'materialized view ' else 'table ' end
                   || c.oid::regclass as title,
                 concat_ws(chr(10),
                   'comment ' || quote_literal(obj_description(c.oid, 'pg_class')),
                   'owner ' || c.relowner::regrole,
                   'options ' || array_to_string(c.reloptions, ', '),
                   'partition by ' || pg_get_partkeydef(c.oid),
                   (select 'partition of ' || i.inhparent::regclass || ' ' || pg_get_expr(c.relpartbound, c.oid)
                      from pg_inherits i where i.inhrelid = c.oid),
                   case when c.relpersistence = 'u' then 'unlogged' end,
                   case when c.relrowsecurity then 'row level security'
                     || case when c.relforcerowsecurity then ', forced' else ', NOT forced' end end,
                   case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end,
                   (select string_agg(concat_ws(' ', 'column', quote_ident(a.attname),
                             format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
                             case a.attidentity when 'a' then 'identity always' when 'd' then 'identity by default' end,
                             case when a.attgenerated <> '' then 'generated' else
                               case when def.adbin is not null then 'default' end end,
                             pg_get_expr(def.adbin, def.adrelid),
                             '-- ' || col_description(c.oid, a.attnum),
                             replace(${privileges('a.attacl')}, ';', ' ')), chr(10) order by a.attnum)
                      from pg_attribute a left join pg_attrdef def on def.adrelid = a.attrelid and def.adnum = a.attnum
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                   (select string_agg('constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid),
                             chr(10) order by k.contype, k.conname)
                      from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
                   (select string_agg(pg_get_indexdef(i.indexrelid), chr(10) order by i.indexrelid::regclass::text)
                      from pg_index i where i.indrelid = c.oid
                       and not exists (select from pg_constraint k where k.conindid = i.indexrelid
                                         and k.contype in ('p', 'u', 'x'))),
                   (select string_agg(concat_ws(' ', 'policy', quote_ident(p.policyname), lower(p.permissive), 'for',
                             lower(p.cmd), 'to', array_to_string(p.roles, ', '), 'using (' || p.qual || ')',
                             'with check (' || p.with_check || ')'), chr(10) order by p.policyname)
                      from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname),
                   (select string_agg(pg_get_triggerdef(t.oid), chr(10) order by t.tgname)
                      from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal),
                   replace(${privileges('c.relacl')}, ';', chr(10))) as body
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${NOT_OURS} and ${notOfExtension('pg_class', 'c.oid')}`,
  },
  {
    heading: 'functions',
    sql: `select 'function ' || p.oid::regprocedure as title,
                 concat_ws(chr(10), 'owner ' || p.proowner::regrole, rtrim(pg_get_functiondef(p.oid), chr(10)),
                   replace(${privileges('p.proacl')}, ';', chr(10))) as body
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where p.prokind in ('f', 'p') and ${NOT_OURS} and ${notOfExtension('pg_proc', 'p.oid')}`,
  },
  {
    heading: 'default privileges',
    sql: `select 'default privileges of ' || d.defaclrole::regrole || ' on ' || d.defaclobjtype::text
                   || coalesce(' in ' || nullif(d.defaclnamespace, 0)::regnamespace, '') as title,
                 coalesce(replace(${privileges('d.defaclacl')}, ';', chr(10)), '') as body
            from pg_default_acl d`,
  },
]

/**
 * The schema as the catalog has it, as text that is the same for the same schema: extensions, types, tables with
 * columns, constraints, indexes, policies and grants, and functions. `client` may be of any role.
 * It is read and compared by people and tests (schema.sql); it is not meant to be executed.
 */
export async function dumpSchema(client: Pick<pg.ClientBase, 'query'>): Promise<string> {
  const parts: string[] = []
  for (const { heading, sql } of PARTS) {
    // Names in definitions are qualified by what is not on the path, so the path must be the same for everyone.
    const { rows } = await client.query<{ title: string; body: string }>(sql)
    rows.sort((a, b) => (a.title < b.title ? -1 : 1))
    const objects = rows.map(({ title, body }) => [title, ...(body ? body.split('\n') : [])].join('\n  '))
    if (objects.length > 0) parts.push(`-- ${heading}\n\n${objects.join('\n\n')}`)
  }
  return `-- The schema after all migrations, from the catalog. Refresh with: npm run schema\n\n${parts.join('\n\n')}\n`
}
