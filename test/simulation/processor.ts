import type { CardGateway } from '../../src/core/gateways.ts';
import { publicId } from '../../src/core/ids.ts';
import { answerApi } from '../../src/outside/cards/sandbox/api.ts';
import type { Parts } from '../../src/outside/cards/sandbox/asked.ts';
import { Bank, type Instrument } from '../../src/outside/cards/sandbox/bank.ts';
import { calm, type Knobs, type Trouble } from '../../src/outside/cards/sandbox/model.ts';
import { saveMethod } from '../../src/outside/cards/sandbox/save.ts';
import { SandboxStore } from '../../src/outside/cards/sandbox/store.ts';
import { WayBack } from '../../src/outside/cards/sandbox/way-back.ts';
import { sandboxGateway } from '../../src/outside/cards/sandbox-gateway.ts';
import { sign, signatureHeader } from '../../src/outside/cards/signature.ts';
import { tillKeys } from '../till.ts';
import type { Chosen } from './chosen.ts';

const address = 'http://processor.example';
const key = 'a key for the processor of the simulation';

/** A notice as it lies at the processor, and how it would be sent. */
export type Posted = Readonly<{ id: string; path: string; body: string; headers: Record<string, string> }>;

/** The sandbox processor in this process: its own books and API behind the real gateway, with a clock and bad days from the story. */
export class Processor {
  readonly gateway: CardGateway;
  readonly #parts: Parts;
  readonly #store: SandboxStore;
  readonly #chosen: Chosen;
  readonly #secretOf = (business: string): string => tillKeys.mac(`inbound:sandbox:${business}`);

  constructor(folder: string, chosen: Chosen) {
    const now = (): number => chosen.now.epochMilliseconds;
    this.#chosen = chosen;
    this.#store = new SandboxStore(folder, now);
    // Its books are thrown away with the story.
    this.#store.db.exec('pragma synchronous = off');
    const knobs: Knobs = { ...calm, notices: 'hold' };
    const bank = new Bank(this.#store, knobs, { now, bankAfterMs: null });
    this.#parts = { store: this.#store, bank, wayBack: new WayBack(this.#store, bank, knobs, now), knobs, key, withKnobs: false };
    const access = { url: address, key, publicUrl: address, inboundUrl: 'http://inbound.example', secretOf: this.#secretOf };
    this.gateway = sandboxGateway(access);
  }

  /** In place of the network: answers for the processor, and for nobody else. */
  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { origin, pathname } = new URL(String(url));
    if (origin !== address) throw new Error(`the simulation has no network to ${origin}`);
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = answerApi(this.#parts, { method: init.method ?? 'GET', path: pathname, headers, body: String(init.body ?? '') });
    if (answer === 'silent') throw new TypeError('nobody answered in time');
    return Response.json(answer?.json ?? null, { status: answer?.status ?? 404 });
  };

  /** From now on it does what it does with this trouble, whatever it is asked. */
  behave(trouble: Trouble, refunds: Knobs['refunds'] = 'usual'): void {
    Object.assign(this.#parts.knobs, { create: trouble, fetch: trouble, expire: trouble, charge: trouble, refund: trouble, refunds });
  }

  pay = (session: string, instrument: Instrument): string => this.#parts.bank.pay(session, instrument);
  save = async (session: string, instrument: string): Promise<string> => saveMethod(this.#parts, session, instrument as Instrument);
  decide = (payment: string, decision: 'clear' | 'return'): string => this.#parts.bank.decide(payment, decision)?.status ?? 'gone';
  dispute = (payment: string, state: 'open' | 'won' | 'lost'): string => this.#parts.wayBack.dispute(payment, state)?.status ?? 'none';
  decideRefund = (refund: string, to: 'succeeded' | 'failed'): string => this.#parts.wayBack.decide(refund, to)?.status ?? 'gone';

  /** What it took or is taking, as its own books have it. */
  taken(): { attempt: string; session: string; payment: string; status: string; method: string; amount: string }[] {
    return this.#store.db
      .prepare(
        `select attempt, id as session, payment ->> 'id' as payment, payment ->> 'status' as status, payment ->> 'method' as method, body ->> 'amount' as amount
           from sessions where payment is not null order by rowid`,
      )
      .all() as ReturnType<Processor['taken']>;
  }

  refunds(): { id: string; payment: string; amount: string; status: string }[] {
    const rows = this.#store.db.prepare('select body from refunds order by rowid').all() as { body: string }[];
    return rows.map(({ body }) => JSON.parse(body));
  }

  openSessions = (): string[] =>
    (this.#store.db.prepare(`select id from sessions where status = 'open' order by rowid`).all() as { id: string }[]).map(({ id }) => id);

  /** Notices nobody has taken yet, oldest first. */
  waiting(): Posted[] {
    return this.#store.held().map(({ id, body }) => {
      const { account } = JSON.parse(body) as { account: string };
      const signature = sign(this.#secretOf(account), Math.trunc(this.#chosen.now.epochMilliseconds / 1000), Buffer.from(body));
      return { id, path: `/sandbox/${publicId('business', account)}`, body, headers: { [signatureHeader]: signature } };
    });
  }

  delivered(id: string): void {
    this.#store.delivered(id);
  }

  close(): void {
    this.#store.close();
  }
}
