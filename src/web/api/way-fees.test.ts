import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';

const world = testWorld();

describe('a card fee or saving of the API', () => {
  it('rule 43 is off at first, is one of the two and never above what a business may ask', async () => {
    const { web, otter } = world();
    const before = await done(web, otter.owner, 'readSettings');
    expect(before.waysToPay).toMatchObject({ wayRule: 'none', cardFeePpm: 30_000, cardFeeFixedMinor: 0, cardFeeMostMinor: null, bankSavingPpm: 10_000 });
    const change = (waysToPay: object) => ask(web, otter.owner, 'changeSettings', { version: before.version, body: { waysToPay } });
    for (const wrong of [
      { wayRule: 'both' },
      { cardFeePpm: 40_001 },
      { cardFeePpm: -1 },
      { cardFeeFixedMinor: 501 },
      { cardFeeMostMinor: 0 },
      { bankSavingPpm: 100_001 },
      { bankSavingPpm: 0 },
      { wayRule: 'card_fee', cardFeePpm: 0 },
    ]) {
      expect([wrong, (await change(wrong)).status]).toEqual([wrong, 422]);
    }
    const asked = { wayRule: 'card_fee', cardFeePpm: 29_000, cardFeeFixedMinor: 30, cardFeeMostMinor: 1_000 } as const;
    const now = await done(web, otter.owner, 'changeSettings', { version: before.version, body: { waysToPay: asked } });
    expect(now.waysToPay).toMatchObject({ ...asked, tips: before.waysToPay.tips });
    const free = await done(web, otter.owner, 'changeSettings', {
      version: now.version,
      body: { waysToPay: { cardFeeMostMinor: null, wayRule: 'bank_saving' } },
    });
    expect(free.waysToPay).toMatchObject({ wayRule: 'bank_saving', cardFeeMostMinor: null, cardFeePpm: 29_000 });
  });

  it('has accounts of its own in the journals', async () => {
    const { web, otter } = world();
    const { accounts } = await done(web, otter.owner, 'readJournalSettings');
    expect(accounts.map(({ account }: { account: string }) => account)).toEqual(expect.arrayContaining(['card_fees', 'bank_savings', 'tips']));
  });
});
