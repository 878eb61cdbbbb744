import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import { Refusal } from '../../src/core/refusal.ts';
import type { Database } from '../../src/db/pool.ts';
import { verifyChain } from '../../src/domain/events/events.ts';
import { verifyBooks } from '../../src/domain/ledger/ledger.ts';
import { changeRules } from '../../src/domain/reminders/reminders.ts';
import { localFileStore } from '../../src/outside/storage/file-store.ts';
import { autopayTick } from '../../src/tasks/autopay.ts';
import { chargeLateFeesTick } from '../../src/tasks/charge-late-fees.ts';
import { reconcileTick } from '../../src/tasks/reconcile-payments.ts';
import { remindersTick } from '../../src/tasks/send-reminders.ts';
import type { TaskHandlers } from '../../src/tasks/worker.ts';
import type { Deps } from '../../src/web/context.ts';
import { inboundRoutes } from '../../src/web/inbound/inbound.ts';
import { tasksOf } from '../../src/wire.ts';
import { agree, keep, type Payer, payerOf } from '../autopay-world.ts';
import type { Books } from '../books.ts';
import { booksWithTill, tillKeys } from '../till.ts';
import { type Act, acts } from './acts.ts';
import { type Chosen, tell } from './chosen.ts';
import { dueTasks, endTask, eventsAfter, goAlone } from './database.ts';
import { Processor } from './processor.ts';

export type Stage = Readonly<{ database: Database; setClock: (now: Temporal.Instant) => Promise<void> }>;

/** One business, its customer who pays and asks, its processor, and everything that happened to them, a line each. */
export class Business {
  readonly trace: string[] = [];
  readonly chosen: Chosen;
  readonly deps: Deps;
  readonly processor: Processor;
  books!: Books;
  dana!: Payer;
  /** Kept cards and accounts. */
  readonly methods: string[] = [];
  readonly #stage: Stage;
  readonly #folder = mkdtempSync(join(tmpdir(), 'simulated-'));
  readonly #handlers: Readonly<Record<string, (input: never, signal: AbortSignal) => Promise<void>>>;
  readonly #inbound: ReturnType<typeof inboundRoutes>;
  #seen = 0;

  constructor(stage: Stage, chosen: Chosen) {
    this.#stage = stage;
    this.chosen = chosen;
    this.processor = new Processor(join(this.#folder, 'processor'), chosen);
    const config = readConfig({ DATA_DIR: this.#folder, APP_URL: 'http://localhost:3999', DEMO: '0' });
    const gateways = { keys: tillKeys, files: localFileStore(this.#folder), cards: { sandbox: this.processor.gateway }, sandboxUrl: null };
    const pdf = { render: async () => ({ kind: 'rendered', bytes: new TextEncoder().encode('%PDF-1.7'), replaced: [] }) };
    const mail = { send: async () => (chosen.oneIn(8) ? { kind: 'retry', reason: 'busy' } : { kind: 'sent', providerId: null }) };
    this.deps = { config, database: stage.database, ...gateways, pdf, mail, now: () => chosen.now } as unknown as Deps;
    this.#handlers = tasksOf(this.deps).handlers satisfies TaskHandlers as never;
    this.#inbound = inboundRoutes(this.deps);
  }

  get till() {
    return this.deps as Pick<Deps, 'database' | 'keys' | 'cards'>;
  }

  say(line: string): void {
    this.trace.push(line);
  }

  /** Some minutes, hours or days go by. */
  async pass(minutes: number): Promise<void> {
    this.chosen.now = this.chosen.now.add({ minutes });
    await this.#stage.setClock(this.chosen.now);
  }

  async open(): Promise<void> {
    await this.#stage.setClock(this.chosen.now);
    this.books = await booksWithTill(this.#stage.database);
    goAlone(this.books.business);
    this.dana = payerOf(this.books, this.#stage.database, { person: this.books.person, name: 'Dana Whitlock' });
    await this.books.office((scope) => changeRules(scope, { version: 1, changes: { active: true, lateToo: true, weekdaysOnly: false, most: 20 } }));
    const instruments = this.chosen.shuffled(['card_success', 'bank_clears', 'bank_returns', 'card_stops']).slice(0, 2);
    const desk = { till: this.till, save: this.processor.save };
    for (const instrument of instruments) this.methods.push(await keep(desk, this.books, this.dana, instrument));
    if (!this.chosen.oneIn(3)) await agree(this.books, this.dana, { methodId: this.methods[0] ?? '', capMinor: 60_000n, noticeDays: 3 });
    await this.#tellNews();
  }

  /** One act of the story, and what came of it; an expected no is part of the story. */
  async act(name: keyof typeof acts): Promise<void> {
    const act: Act = acts[name];
    const said = await act(this).catch((error: unknown) => {
      if (error instanceof Refusal) return `no: ${error.code}`;
      throw error;
    });
    this.say(`${this.chosen.now} ${name}: ${said}`);
    await this.#tellNews();
  }

  async #tellNews(): Promise<void> {
    const news = await this.books.system((scope) => eventsAfter(scope, this.#seen));
    this.#seen = news.at(-1)?.seq ?? this.#seen;
    for (const { line } of news) this.say(`  ${line}`);
  }

  /** Up to so many tasks whose time has come, in an order of chance's; each by its own function, some of them twice. */
  async work(most: number): Promise<string> {
    const done: string[] = [];
    for (let at = 0; at < most; at += 1) {
      const task = this.chosen.pick(await dueTasks(this.#stage.database, this.books.business));
      if (task === undefined) break;
      const handler = this.#handlers[task.name];
      if (handler === undefined) throw new Error(`nobody works on ${task.name}`);
      const signal = new AbortController().signal;
      const run = (): Promise<boolean> =>
        handler(task.payload as never, signal).then(
          () => false,
          (error: unknown) => this.#failed(error),
        );
      let failed = await run();
      if (this.chosen.oneIn(6)) failed = (await run()) && failed;
      await endTask(this.#stage.database, task.id, failed);
      done.push(failed ? `${task.name} again` : task.name);
    }
    return done.join(', ');
  }

  /** What a task may fail with is to be tried again; a mistake of ours is not. */
  #failed(error: unknown): boolean {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) throw error;
    this.say(`  failed: ${error instanceof Error ? error.message : String(error)}`);
    return true;
  }

  /** What happens every few minutes or hours by itself. */
  async ticks(): Promise<string> {
    const all = [autopayTick(this.deps), reconcileTick(this.deps), remindersTick(this.deps), chargeLateFeesTick(this.deps)];
    const some = this.chosen.shuffled(all);
    for (const tick of some) await tick.run();
    return some.map(({ name }) => name).join(', ');
  }

  /** Brings some of the processor's waiting notices: in any order, some twice, some not now. */
  async post(most: number): Promise<string> {
    const chosen = this.chosen.shuffled(this.processor.waiting()).slice(0, most);
    for (const { id, path, body, headers } of chosen) {
      for (let times = this.chosen.oneIn(4) ? 2 : 1; times > 0; times -= 1) {
        const answer = await this.#inbound.request(path, { method: 'POST', body, headers });
        if (!answer.ok) throw new Error(`a notice was answered ${answer.status}`);
      }
      this.processor.delivered(id);
    }
    return `${chosen.length} notices`;
  }

  /** Calm days at the end: every debit decided, every notice brought, every task done, until nothing new begins by itself any more. */
  async settle(): Promise<void> {
    this.processor.behave('none');
    for (let [day, calm] = [0, 0]; calm < 3 && day < 40; day += 1) {
      const moving = this.processor.taken().filter(({ status }) => status === 'processing');
      for (const { payment } of moving) this.processor.decide(payment, 'clear');
      for (const { id, status } of this.processor.refunds()) if (status === 'pending') this.processor.decideRefund(id, 'succeeded');
      await this.post(1_000);
      await this.work(1_000);
      await this.ticks();
      await this.work(1_000);
      await this.pass(26 * 60);
      calm = moving.length === 0 ? calm + 1 : 0;
    }
    await this.#tellNews();
  }

  /** What is wrong at the end; nothing, if all is well. */
  async wrongs(): Promise<unknown[]> {
    const { business, system } = this.books;
    const differences = await system((scope) => verifyBooks(scope));
    const broken = await system((scope) => verifyChain(scope));
    const { rows: kept } = await system(({ tx }) =>
      sql<{
        id: string;
        state: string;
        amount: string;
      }>`select id, state, amount_minor::text as amount from payments where business_id = ${business} and gateway is not null order by id`.execute(tx),
    );
    const stuck = kept.filter(({ state }) => ['initiated', 'pending', 'unknown'].includes(state));
    const theirs = new Map(this.processor.taken().map((each) => [each.attempt, each]));
    const here = ['cleared', 'refunded', 'disputed'];
    const apart = kept.filter(({ id, state }) => here.includes(state) !== (theirs.get(id)?.status === 'succeeded'));
    const missing = [...theirs.keys()].filter((attempt) => !kept.some(({ id }) => id === attempt));
    return [...differences, ...(broken === null ? [] : [broken]), ...stuck, ...apart, ...missing];
  }

  close(): void {
    this.processor.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** How often each act comes. */
const weights: Readonly<Record<keyof typeof acts, number>> = {
  ...{ issue: 5, press: 6, payThere: 6, leave: 1, kept: 3, check: 2, takeBack: 1, bankDecides: 4, refund: 3, refundDecided: 2, credit: 2 },
  ...{ dispute: 2, question: 2, answer: 1, close: 1, trouble: 3, notices: 6, work: 9, ticks: 6, wait: 9 },
};

export type Story = Readonly<{ trace: string; wrongs: readonly unknown[]; days: number }>;

/** Some weeks of a business, from one seed: the same seed tells the same story to the letter. */
export async function live(stage: Stage, chosen: Chosen, steps = 80): Promise<Story> {
  tell(chosen);
  const began = chosen.now;
  const business = new Business(stage, chosen);
  const network = globalThis.fetch;
  globalThis.fetch = business.processor.fetch;
  try {
    await business.open();
    for (let step = 0; step < steps; step += 1) await business.act(chosen.weighed(weights));
    await business.settle();
    return { trace: `${business.trace.join('\n')}\n`, wrongs: await business.wrongs(), days: Math.trunc(chosen.now.since(began).total('hours') / 24) };
  } finally {
    globalThis.fetch = network;
    business.close();
    goAlone(null);
    tell(null);
  }
}
