import { sql } from 'kysely';
import { newId } from '../src/db/fresh.ts';
import type { Database } from '../src/db/pool.ts';
import type { Till } from '../src/domain/payments/payments.ts';
import { accountOf, connectProcessor, setSigningSecret } from '../src/domain/processors/processors.ts';
import { stripeGateway, stripePlace } from '../src/outside/cards/stripe-gateway.ts';
import type { Books, makeBooks } from './books.ts';
import { type StandIn, startStandIn } from './fakes/stripe/stand-in.ts';
import { booksWithTill, tillKeys } from './till.ts';

/** The stand-in for Stripe with a till on it. */
export type StripeTill = Readonly<{ till: Till; standIn: StandIn; close: () => Promise<void> }>;

export async function stripeTill(database: Database, timeoutMs = 400): Promise<StripeTill> {
  const standIn = await startStandIn();
  const card = stripeGateway({ ...stripePlace(standIn.url), timeoutMs, accountOf: (business) => accountOf(database, tillKeys, 'stripe', business) });
  return { till: { database, keys: tillKeys, cards: { stripe: card } }, standIn, close: () => standIn.close() };
}

export type StripeBooks = Books & Readonly<{ account: string; secret: string }>;

/** Books whose business connected an account of its own, with a signing secret. */
export async function booksWithStripe(database: Database, options: { live?: boolean; changes?: Parameters<typeof makeBooks>[1] } = {}): Promise<StripeBooks> {
  const books = await booksWithTill(database, options.changes);
  const name = newId().replaceAll('-', '');
  const [account, live, secret] = [`acct_${name}`, options.live ?? false, `whsec_${name}`];
  await books.office(async (scope) => {
    await connectProcessor(scope, tillKeys, {
      key: `rk_${live ? 'live' : 'test'}_${name}_key`,
      found: { kind: 'fine', account, name: 'Otter', live },
    });
    await setSigningSecret(scope, tillKeys, { secret });
    await sql`update business_profiles set gateway = 'stripe' where business_id = ${books.business}`.execute(scope.tx);
  });
  return { ...books, account, secret };
}
