import { describe, expect, it } from 'vitest';
import { ask, done } from '../../../test/api-client.ts';
import { testWorld } from '../../../test/world.ts';

const world = testWorld();

describe('tips of the API', () => {
  it('rule 42 are off at first, and are turned on with suggestions that rise up to the cap', async () => {
    const { web, otter } = world();
    const before = await done(web, otter.owner, 'readSettings');
    expect(before.waysToPay).toMatchObject({ tips: false, tipPercents: [10, 15, 20], tipCapPercent: 100 });
    const change = (waysToPay: object) => ask(web, otter.owner, 'changeSettings', { version: before.version, body: { waysToPay } });
    for (const wrong of [
      { tipPercents: [] },
      { tipPercents: [20, 10] },
      { tipPercents: [10, 10] },
      { tipPercents: [10, 101] },
      { tipCapPercent: 15 },
      { tipCapPercent: 0 },
    ]) {
      expect([wrong, (await change(wrong)).status]).toEqual([wrong, 422]);
    }
    const now = await done(web, otter.owner, 'changeSettings', {
      version: before.version,
      body: { waysToPay: { tips: true, tipPercents: [5, 12], tipCapPercent: 30 } },
    });
    expect(now.waysToPay).toMatchObject({ tips: true, tipPercents: [5, 12], tipCapPercent: 30, partPayment: before.waysToPay.partPayment });
  });

  it('are a report and a file of it', async () => {
    const { web, otter } = world();
    expect((await done(web, otter.owner, 'readTips')).rows).toEqual([]);
    const file = await ask(web, otter.owner, 'downloadReport', { params: { report: 'tips' } });
    expect([file.status, file.text.replace('\ufeff', '').trim()]).toEqual([200, 'Month,Crew,Tips,Amount,Given back,Left,Currency']);
  });
});
