import { isLocale } from '../../../core/locale.ts';
import { type Answer, type Asked, accountOf, type Parts, parse, problem, type Route, truth } from './asked.ts';
import type { Instrument } from './bank.ts';
import { freshId } from './fresh-id.ts';
import type { Session, Setup } from './model.ts';
import { truthOfSetup } from './save.ts';
import { Vault } from './vault.ts';

/** The part of the API about saved methods: setting one up, charging it, taking it away. */
export const savedRoutes: readonly Route[] = [
  ['POST', /^\/v1\/setups$/, createSetup],
  ['GET', /^\/v1\/setups\/([0-9a-f-]{36})$/, ({ store }, asked, id) => setupTruth(new Vault(store.db).setupOf(accountOf(asked), id))],
  ['POST', /^\/v1\/charges$/, createCharge],
  ['POST', /^\/v1\/methods\/(sm_[0-9a-f]{32})\/forget$/, forget],
];

const setupTruth = (setup: Setup | null): Answer => (setup === null ? problem(404, 'not_found') : { status: 200, json: truthOfSetup(setup) });

type Wish = Pick<Setup, 'setup' | 'payerRef' | 'payee' | 'returnUrl' | 'cancelUrl' | 'methods' | 'locale'>;

function createSetup({ store }: Parts, asked: Asked): Answer {
  const key = asked.headers['idempotency-key'] ?? '';
  const account = accountOf(asked);
  const wish = readWish(asked.body);
  if (wish === null || key === '' || account === '') return problem(400, 'invalid');
  const vault = new Vault(store.db);
  return store.transaction(() => {
    const known = vault.keyed(account, key);
    if (known) return known.params === JSON.stringify(wish) ? setupTruth(vault.setup(known.id)) : problem(409, 'idempotency_mismatch');
    if (vault.setupOf(account, wish.setup)) return problem(409, 'setup_known');
    const setup: Setup = { ...wish, id: freshId('st'), account, status: 'open', failure: null, saved: null };
    vault.addSetup(setup, key, JSON.stringify(wish));
    return setupTruth(setup);
  });
}

function readWish(text: string): Wish | null {
  const wish = parse(text) as Partial<Wish> | null;
  if (wish === null || typeof wish !== 'object') return null;
  const { setup, payerRef, payee, returnUrl, cancelUrl, locale } = wish;
  if (![setup, payerRef, payee, returnUrl, cancelUrl].every((each) => typeof each === 'string' && each.length > 0 && each.length < 2_000)) return null;
  if (!isLocale(locale ?? '') || ![returnUrl, cancelUrl].every((url) => /^https?:\/\//.test(url ?? ''))) return null;
  const methods = (wish.methods ?? []).filter((method) => method === 'card' || method === 'bank');
  return methods.length === 0 ? null : ({ setup, payerRef, payee, returnUrl, cancelUrl, locale, methods } as Wish);
}

type Charge = Pick<Session, 'attempt' | 'amount' | 'currency' | 'description'> & { reference: string };

/** One charge for each key and each attempt, kept as a checkout that was never a page. */
function createCharge({ store, bank }: Parts, asked: Asked): Answer {
  const key = asked.headers['idempotency-key'] ?? '';
  const account = accountOf(asked);
  const read = readCharge(asked.body);
  if (read === null || key === '' || account === '') return problem(400, 'invalid');
  const { webhook, ...wish } = read;
  return store.transaction(() => {
    store.rememberAccount(account, webhook.url, webhook.secret);
    const known = store.keyed(account, key);
    if (known) return known.params === JSON.stringify(wish) ? truth(store.session(known.session), asked) : problem(409, 'idempotency_mismatch');
    if (store.sessionOfAttempt(account, wish.attempt)) return problem(409, 'attempt_known');
    const kept = new Vault(store.db).kept(account, wish.reference);
    if (kept === null) return problem(402, 'method_gone');
    const { attempt, amount, currency, description } = wish;
    const never = { payee: '', returnUrl: '', cancelUrl: '', locale: 'en' } as const;
    const base: Session = {
      ...never,
      id: freshId('cs'),
      account,
      attempt,
      amount,
      currency,
      description,
      methods: [kept.method],
      status: 'open',
      failure: null,
      payment: null,
    };
    store.addSession(base, key, JSON.stringify(wish));
    return truth(bank.charge(base, kept.instrument as Instrument), asked);
  });
}

function readCharge(text: string): (Charge & { webhook: { url: string; secret: string } }) | null {
  const wish = parse(text) as Partial<Charge & { webhook: { url: string; secret: string } }> | null;
  if (wish === null || typeof wish !== 'object') return null;
  const texts = [wish.attempt, wish.currency, wish.description, wish.reference, wish.webhook?.url, wish.webhook?.secret];
  const whole = texts.every((each) => typeof each === 'string' && each.length > 0 && each.length < 2_000) && /^[1-9]\d{0,7}$/.test(wish.amount ?? '');
  return whole ? (wish as Charge & { webhook: { url: string; secret: string } }) : null;
}

function forget({ store }: Parts, asked: Asked, reference: string): Answer {
  store.transaction(() => new Vault(store.db).forget(accountOf(asked), reference));
  return { status: 200, json: {} };
}
