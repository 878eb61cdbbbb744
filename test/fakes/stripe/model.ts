import { randomBytes } from 'node:crypto';

/** An object as Stripe's API shows it. Fields we never look at are left out, none is renamed. */
export type Thing = { id: string; object: string; created: number; livemode: boolean } & Record<string, unknown>;

/** What a test may ask of it, to be as bad as a real processor on a bad day. */
export type Knobs = {
  /** normal: at once; late: 3 s after; twice; drop: never; hold: kept until released, in the order the test wants. */
  notices: 'normal' | 'late' | 'twice' | 'drop' | 'hold';
  /** Of requests whose path contains `only`. timeout_after and error_after do what was asked first. */
  trouble: 'none' | 'timeout_after' | 'error_after' | 'error' | 'reset' | 'hang' | 'limited';
  only: string;
  /** How many requests have the trouble; 0: all. */
  times: number;
  /** A bank debit clears or comes back by itself after this long; null: when somebody says so. */
  bankAfterMs: number | null;
};
export const calm: Knobs = { notices: 'normal', trouble: 'none', only: '', times: 0, bankAfterMs: null };

export const fresh = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
export const nowS = (): number => Math.trunc(Temporal.Now.instant().epochMilliseconds / 1000);

/** Everything of one account, in one mode. In memory: it ends with the process. */
export class Account {
  readonly things = new Map<string, Thing>();
  readonly keys = new Map<string, { path: string; params: string; status: number; body: string }>();
  readonly id: string;
  readonly live: boolean;

  constructor(id: string, live: boolean) {
    this.id = id;
    this.live = live;
  }

  make(object: string, prefix: string, fields: Record<string, unknown>): Thing {
    const thing: Thing = { id: fresh(prefix), object, created: nowS(), livemode: this.live, ...fields };
    this.things.set(thing.id, thing);
    return thing;
  }

  find(id: string, object: string): Thing | null {
    const found = this.things.get(id);
    return found?.object === object ? found : null;
  }

  /** Newest first, as every list of Stripe. */
  all(object: string): Thing[] {
    return [...this.things.values()].filter((thing) => thing.object === object).reverse();
  }
}

/** A stranger's test numbers, as Stripe documents them. */
export const cards: Readonly<
  Record<string, { brand: string; fails?: { code: string; decline: string | null }; later?: 'dispute' | 'confirm' | 'refund_fails' }>
> = {
  '4242424242424242': { brand: 'visa' },
  '5555555555554444': { brand: 'mastercard' },
  '378282246310005': { brand: 'amex' },
  '4000000000000002': { brand: 'visa', fails: { code: 'card_declined', decline: 'generic_decline' } },
  '4000000000009995': { brand: 'visa', fails: { code: 'card_declined', decline: 'insufficient_funds' } },
  '4000000000000069': { brand: 'visa', fails: { code: 'expired_card', decline: null } },
  '4000002760003184': { brand: 'visa', later: 'confirm' },
  '4000000000000259': { brand: 'visa', later: 'dispute' },
  '4000000000005126': { brand: 'visa', later: 'refund_fails' },
};
export const banks: Readonly<Record<string, { fails?: string; later?: 'dispute' | 'never' }>> = {
  '000123456789': {},
  '000111111113': { fails: 'account_closed' },
  '000111111116': { fails: 'no_account' },
  '000222222227': { fails: 'insufficient_funds' },
  '000333333335': { fails: 'debit_not_authorized' },
  '000555555559': { later: 'dispute' },
  '000000000009': { later: 'never' },
};
