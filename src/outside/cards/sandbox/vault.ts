import type { DatabaseSync } from 'node:sqlite';
import type { Kept, Setup } from './model.ts';

const schema = `
  create table if not exists setups (id text primary key, account text not null, setup text not null, body text not null, key text not null, params text not null,
    unique (account, setup), unique (account, key));
  create table if not exists methods (reference text primary key, account text not null, body text not null, gone integer not null default 0);`;

const ready = new WeakSet<DatabaseSync>();

/** The saved methods in the sandbox's books. */
export class Vault {
  private readonly db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.db = db;
    if (!ready.has(db)) db.exec(schema);
    ready.add(db);
  }

  setup(id: string): Setup | null {
    return asSetup(this.db.prepare('select body from setups where id = ?').get(id));
  }

  setupOf(account: string, setup: string): Setup | null {
    return asSetup(this.db.prepare('select body from setups where account = ? and setup = ?').get(account, setup));
  }

  keyed(account: string, key: string): { id: string; params: string } | undefined {
    return this.db.prepare('select id, params from setups where account = ? and key = ?').get(account, key) as { id: string; params: string } | undefined;
  }

  addSetup(setup: Setup, key: string, params: string): void {
    this.db
      .prepare('insert into setups (id, account, setup, body, key, params) values (?, ?, ?, ?, ?, ?)')
      .run(setup.id, setup.account, setup.setup, JSON.stringify(setup), key, params);
  }

  change(setup: Setup, change: Partial<Pick<Setup, 'status' | 'failure' | 'saved'>>): Setup {
    const next = { ...setup, ...change };
    this.db.prepare('update setups set body = ? where id = ?').run(JSON.stringify(next), setup.id);
    return next;
  }

  keep(account: string, kept: Kept): void {
    this.db.prepare('insert into methods (reference, account, body) values (?, ?, ?)').run(kept.reference, account, JSON.stringify(kept));
  }

  /** null: not of this account, or taken away. */
  kept(account: string, reference: string): Kept | null {
    const row = this.db.prepare('select body from methods where reference = ? and account = ? and gone = 0').get(reference, account) as
      | { body: string }
      | undefined;
    return row ? (JSON.parse(row.body) as Kept) : null;
  }

  forget(account: string, reference: string): void {
    this.db.prepare('update methods set gone = 1 where reference = ? and account = ?').run(reference, account);
  }
}

function asSetup(row: unknown): Setup | null {
  return row === undefined ? null : (JSON.parse((row as { body: string }).body) as Setup);
}
