import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { freshId } from './fresh-id.ts';
import type { Dispute, Entry, Notice, NoticeType, Payment, Payout, Refund, Session, Truth } from './model.ts';

const schema = `
  create table if not exists accounts (id text primary key, webhook_url text not null, secret text not null);
  create table if not exists sessions (id text primary key, account text not null, attempt text not null, body text not null, status text not null,
    failure text, payment text, created_at integer not null, unique (account, attempt));
  create table if not exists keys (account text not null, key text not null, params text not null, session text not null, primary key (account, key));
  create table if not exists notices (id text primary key, account text not null, body text not null, attempts integer not null default 0,
    next_at integer not null, delivered_at integer, held integer not null default 0);
  create index if not exists notices_due on notices (next_at) where delivered_at is null;
  create table if not exists payments (id text primary key, session text not null, plan text, due_at integer);
  create table if not exists refunds (id text primary key, account text not null, refund text, key text, params text, payment text not null, body text not null,
    unique (account, refund), unique (account, key));
  create table if not exists entries (id text primary key, account text not null, at integer not null, body text not null, payout text);
  create table if not exists payouts (id text primary key, account text not null, at integer not null, body text not null);
  create index if not exists entries_account on entries (account, at);
  create table if not exists disputes (id text primary key, payment text not null unique, body text not null);`;

type SessionRow = { id: string; account: string; attempt: string; body: string; status: string; failure: string | null; payment: string | null };
export type DueNotice = { id: string; account: string; body: string; attempts: number; url: string; secret: string };

/** The sandbox's own books: a file of its own, written through before anything is answered. */
export class SandboxStore {
  readonly db: DatabaseSync;
  private readonly now: () => number;

  constructor(folder: string, now: () => number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.db = new DatabaseSync(join(folder, 'sandbox.db'));
    this.db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
    this.db.exec(schema);
    this.now = now;
  }

  close(): void {
    this.db.close();
  }

  /** The month it is, for cards that expire. */
  today(): { month: number; year: number } {
    const { month, year } = Temporal.Instant.fromEpochMilliseconds(this.now()).toZonedDateTimeISO('UTC');
    return { month, year };
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.db.exec('begin immediate');
    try {
      const result = work();
      this.db.exec('commit');
      return result;
    } catch (error) {
      this.db.exec('rollback');
      throw error;
    }
  }

  rememberAccount(account: string, webhookUrl: string, secret: string): void {
    const upsert =
      'insert into accounts (id, webhook_url, secret) values (?, ?, ?) on conflict (id) do update set webhook_url = excluded.webhook_url, secret = excluded.secret';
    this.db.prepare(upsert).run(account, webhookUrl, secret);
  }

  /** What a key was used for before: its parameters and the session it made. */
  keyed(account: string, key: string): { params: string; session: string } | undefined {
    return this.db.prepare('select params, session from keys where account = ? and key = ?').get(account, key) as
      | { params: string; session: string }
      | undefined;
  }

  addSession(session: Session, key: string, params: string): void {
    const { id, account, attempt, status, failure, payment, ...body } = session;
    this.db
      .prepare('insert into sessions (id, account, attempt, body, status, failure, payment, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(id, account, attempt, JSON.stringify(body), status, failure, payment && JSON.stringify(payment), this.now());
    this.db.prepare('insert into keys (account, key, params, session) values (?, ?, ?, ?)').run(account, key, params, id);
  }

  session(id: string): Session | null {
    return asSession(this.db.prepare('select * from sessions where id = ?').get(id) as SessionRow | undefined);
  }

  sessionOfAttempt(account: string, attempt: string): Session | null {
    return asSession(this.db.prepare('select * from sessions where account = ? and attempt = ?').get(account, attempt) as SessionRow | undefined);
  }

  sessionOfPayment(payment: string): Session | null {
    const found = this.db.prepare('select session from payments where id = ?').get(payment) as { session: string } | undefined;
    return found ? this.session(found.session) : null;
  }

  change(session: Session, change: Partial<Pick<Session, 'status' | 'failure' | 'payment'>>): Session {
    const next = { ...session, ...change };
    this.db
      .prepare('update sessions set status = ?, failure = ?, payment = ? where id = ?')
      .run(next.status, next.failure, next.payment && JSON.stringify(next.payment), session.id);
    return next;
  }

  addPayment(session: Session, payment: Payment, plan: string | null, dueAt: number | null): void {
    this.db.prepare('insert into payments (id, session, plan, due_at) values (?, ?, ?, ?)').run(payment.id, session.id, plan, dueAt);
  }

  /** Bank debits whose time has come by themselves. */
  dueBankPayments(): { id: string; plan: string }[] {
    return this.db.prepare('select id, plan from payments where due_at is not null and due_at <= ?').all(this.now()) as { id: string; plan: string }[];
  }

  decided(payment: string): void {
    this.db.prepare('update payments set due_at = null where id = ?').run(payment);
  }

  refundsOf(payment: string): Refund[] {
    return (this.db.prepare('select body from refunds where payment = ? order by rowid').all(payment) as { body: string }[]).map(parsed<Refund>);
  }

  refund(id: string): Refund | null {
    return first<Refund>(this.db.prepare('select body from refunds where id = ?').get(id));
  }

  /** By the caller's own id. */
  refundNamed(account: string, refund: string): Refund | null {
    return first<Refund>(this.db.prepare('select body from refunds where account = ? and refund = ?').get(account, refund));
  }

  keyedRefund(account: string, key: string): { params: string; id: string } | undefined {
    return this.db.prepare('select params, id from refunds where account = ? and key = ?').get(account, key) as { params: string; id: string } | undefined;
  }

  addRefund(account: string, refund: Refund, sent: { key: string; params: string } | null): void {
    this.db
      .prepare('insert into refunds (id, account, refund, key, params, payment, body) values (?, ?, ?, ?, ?, ?, ?)')
      .run(refund.id, account, refund.refund, sent?.key ?? null, sent?.params ?? null, refund.payment, JSON.stringify(refund));
  }

  changeRefund(refund: Refund): void {
    this.db.prepare('update refunds set body = ? where id = ?').run(JSON.stringify(refund), refund.id);
  }

  disputeOf(payment: string): Dispute | null {
    return first<Dispute>(this.db.prepare('select body from disputes where payment = ?').get(payment));
  }

  keepDispute(dispute: Dispute): void {
    const upsert = 'insert into disputes (id, payment, body) values (?, ?, ?) on conflict (id) do update set body = excluded.body';
    this.db.prepare(upsert).run(dispute.id, dispute.payment, JSON.stringify(dispute));
  }

  addEntry(session: Session, entry: Omit<Entry, 'id' | 'currency' | 'at'>): void {
    const at = Math.trunc(this.now() / 1000);
    const whole: Entry = { ...entry, id: freshId('txn'), currency: session.currency, at };
    this.db.prepare('insert into entries (id, account, at, body) values (?, ?, ?, ?)').run(whole.id, session.account, at, JSON.stringify(whole));
  }

  /** Oldest first. */
  entriesSince(account: string, at: number): Entry[] {
    const rows = this.db.prepare('select body from entries where account = ? and at >= ? order by at, rowid').all(account, at);
    return (rows as { body: string }[]).map(parsed<Entry>);
  }

  entriesOf(account: string, payout: string): Entry[] {
    return (this.db.prepare('select body from entries where account = ? and payout = ? order by at, rowid').all(account, payout) as { body: string }[]).map(
      parsed<Entry>,
    );
  }

  payoutsSince(account: string, at: number): Payout[] {
    const rows = this.db.prepare('select body from payouts where account = ? and at >= ? order by at, rowid').all(account, at);
    return (rows as { body: string }[]).map(parsed<Payout>);
  }

  /** Sends what came in before a moment to the bank, each currency by itself. */
  payOut(account: string, before: number): void {
    this.transaction(() => {
      const open = this.db.prepare('select body from entries where account = ? and payout is null and at < ?').all(account, before) as { body: string }[];
      for (const [currency, entries] of Map.groupBy(open.map(parsed<Entry>), (entry) => entry.currency)) {
        const amount = entries.reduce((sum, entry) => sum + BigInt(entry.amount) - BigInt(entry.fee), 0n);
        const at = Math.trunc(this.now() / 1000);
        const payout: Payout = { id: freshId('po'), status: 'paid', amount: amount.toString(), currency, arrives: at + 86_400, at };
        this.db.prepare('insert into payouts (id, account, at, body) values (?, ?, ?, ?)').run(payout.id, account, at, JSON.stringify(payout));
        for (const entry of entries) this.db.prepare('update entries set payout = ? where id = ?').run(payout.id, entry.id);
      }
    });
  }

  /** Midnight, in seconds. */
  dayBegan(): number {
    return Math.trunc(this.now() / 86_400_000) * 86_400;
  }

  addNotice(type: NoticeType, session: Session, truth: Truth, options: { held: boolean; times: number }): void {
    const id = freshId('evt');
    const notice: Notice = { id, type, account: session.account, livemode: false, created: Math.trunc(this.now() / 1000), data: truth };
    for (let copy = 0; copy < options.times; copy += 1) {
      // A duplicate is the same notice under the same id, so the queue names each delivery apart.
      this.db
        .prepare('insert into notices (id, account, body, next_at, held) values (?, ?, ?, ?, ?)')
        .run(copy === 0 ? id : `${id}#${copy}`, session.account, JSON.stringify(notice), this.now(), options.held ? 1 : 0);
    }
  }

  dueNotices(limit: number): DueNotice[] {
    const due = `select n.id, n.account, n.body, n.attempts, a.webhook_url as url, a.secret from notices n join accounts a on a.id = n.account
      where n.delivered_at is null and n.held = 0 and n.next_at <= ? order by n.next_at, n.rowid limit ?`;
    return this.db.prepare(due).all(this.now(), limit) as DueNotice[];
  }

  delivered(id: string): void {
    this.db.prepare('update notices set delivered_at = ? where id = ?').run(this.now(), id);
  }

  postponed(id: string, byMs: number): void {
    this.db.prepare('update notices set attempts = attempts + 1, next_at = ? where id = ?').run(this.now() + byMs, id);
  }

  /** For tests: what is held, and letting it go one by one. */
  held(): { id: string; body: string }[] {
    return this.db.prepare('select id, body from notices where held = 1 and delivered_at is null order by rowid').all() as { id: string; body: string }[];
  }

  release(ids: readonly string[]): void {
    ids.forEach((id, at) => void this.db.prepare('update notices set held = 0, next_at = ? where id = ?').run(at, id));
  }
}

function asSession(row: SessionRow | undefined): Session | null {
  if (!row) return null;
  const body = JSON.parse(row.body) as Omit<Session, 'id' | 'account' | 'attempt' | 'status' | 'failure' | 'payment'>;
  const payment = row.payment === null ? null : (JSON.parse(row.payment) as Payment);
  return {
    ...body,
    id: row.id,
    account: row.account,
    attempt: row.attempt,
    status: row.status as Session['status'],
    failure: row.failure as Session['failure'],
    payment,
  };
}

const parsed = <T>({ body }: { body: string }): T => JSON.parse(body) as T;
const first = <T>(row: unknown): T | null => (row === undefined ? null : parsed<T>(row as { body: string }));
