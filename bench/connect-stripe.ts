import { newId } from '../src/db/fresh.ts';
import { sealedFor } from '../src/domain/processors/accounts.ts';
import { keysOf } from '../src/outside/keys.ts';
import type { Filled } from './fill.ts';
import type { Stand } from './stand.ts';

export const stripeOfBench = { account: 'acct_bench', key: 'rk_test_bench_0000000000', secret: 'whsec_of_the_bench_0000000000' } as const;

/** Lets a business take cards and notices of Stripe, or of the stand-in for it. */
export async function connectStripe(stand: Stand, business: Filled): Promise<void> {
  const id = newId();
  const seal = (text: string, use: 'key' | 'secret'): string => keysOf(stand.appSecret).seal(text, sealedFor(business.id, id, use));
  await stand.client.query(
    `insert into processor_accounts (business_id, id, gateway, state, account_id, live, sealed_key, key_hint, sealed_secret, asked_by_name, asked_at, connected_at)
     values ($1, $2, 'stripe', 'connected', $3, false, $4, '0000', $5, 'bench', now(), now())`,
    [business.id, id, stripeOfBench.account, seal(stripeOfBench.key, 'key'), seal(stripeOfBench.secret, 'secret')],
  );
}
