/** Runs the floor (floor.ts) in a schema of its own beside Tipstaff's, with the same people. */
import { type Cluster, printed, run, type Sandbox, stop } from './deployment.ts'
import type { Target } from './throughput.ts'

const schema = `
  create schema if not exists floor;
  create table if not exists floor.people (matter text primary key, name text not null, phone text not null);
  create table if not exists floor.deliveries (id uuid primary key, key text not null unique, body text not null,
    state text not null default 'stored', received_at timestamptz not null);
  create index if not exists deliveries_stored on floor.deliveries (received_at) where state = 'stored';
  create table if not exists floor.events (id bigint generated always as identity primary key,
    delivery_id uuid not null references floor.deliveries, matter text not null, status text not null,
    at timestamptz not null);
  create table if not exists floor.messages (id uuid primary key, matter text not null, phone text not null,
    body text not null, state text not null);
  create index if not exists messages_queued on floor.messages (id) where state = 'queued';
  create table if not exists floor.attempts (id uuid primary key, message_id uuid not null references floor.messages,
    at timestamptz not null, verdict text, sid text);
  create table if not exists floor.receipts (key text primary key, attempt_id uuid, kind text not null,
    at timestamptz not null);
  grant usage on schema floor to tipstaff_app;
  grant select, insert, update on all tables in schema floor to tipstaff_app;
  insert into floor.people select m.external_id, c.name, p.address from matters m join clients c on c.id = m.client_id
    join contact_points p on p.client_id = c.id and p.channel = 'sms' on conflict do nothing;
  analyze floor.people;`

export interface Floor extends Target {
  stop(): Promise<void>
}

export async function startFloor(cluster: Cluster, sandbox: Sandbox): Promise<Floor> {
  await cluster.admin.query(schema)
  const child = run(['bench/floor.ts'], {
    DATABASE_URL: cluster.server.appUrl,
    FLOOR_TWILIO_URL: sandbox.url,
  })
  const url = await printed(child, /floor: (http\S+)/)
  return {
    url,
    pid: child.pid!,
    connection: 'floor',
    delivered: async () => Number(await (await fetch(`${url}/delivered`)).text()),
    stop: () => stop(child),
  }
}
