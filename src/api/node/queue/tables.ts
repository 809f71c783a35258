/**
 * Tables beside the queue's own: what a job is about and came to, the files that it has left so far, and whether the
 * queue is paused. Versions of the package share them, so columns are only ever added.
 */
export const schemaOf = `
  select pg_advisory_xact_lock(7206417);
  create schema if not exists betavae;
  create table if not exists betavae.job (
    key text primary key, id uuid not null, queue text not null, version text not null, kind text not null,
    name text not null, task jsonb not null, engine text, priority int not null default 0, store text,
    claim uuid, worker text, attempts int not null default 0, failures int not null default 0,
    deaths int not null default 0, step int not null default 0, steps int not null,
    snapshot jsonb, kept int not null default 0, outcome jsonb, error jsonb,
    cancelled boolean not null default false, created timestamptz not null default now(),
    changed timestamptz not null default now(), taken timestamptz);
  create table if not exists betavae.chunk (
    key text not null references betavae.job on delete cascade, snapshot uuid not null, path text not null,
    place int not null, sha256 text not null, bytes bytea not null, primary key (key, snapshot, path, place));
  create table if not exists betavae.pause (since timestamptz not null);`
