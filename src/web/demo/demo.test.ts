import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/db.ts';
import { readConfig } from '../../config.ts';
import { createApp } from '../app.ts';
import type { Deps } from '../context.ts';
import { isDemoSlug, withDemoBar } from './bar.tsx';

const db = testDatabase();
const addresses = [
  ['GET', '/demo'],
  ['GET', '/demo/customer'],
  ['GET', '/demo/mailbox'],
  ['POST', '/demo/sign-in'],
  ['POST', '/demo/bank'],
  ['POST', '/demo/reset'],
] as const;

function appWith(demo: '0' | '1') {
  const config = readConfig({ DEMO: demo, DATA_DIR: 'nowhere' });
  const control = demo === '1' ? { demo: { guide: () => null, reset: async () => {} } } : {};
  return createApp({ config, database: db().database, cards: {}, sandboxUrl: null, ...control } as unknown as Deps);
}

const form = (path: string, body: Record<string, string>) =>
  new Request(`http://localhost:3000${path}`, { method: 'POST', body: new URLSearchParams(body), headers: { 'Sec-Fetch-Site': 'same-origin' } });

describe('the demo bar', () => {
  test.each(addresses)('does not exist with DEMO=0: %s %s is not found', async (method, path) => {
    const app = appWith('0');
    const answer = await app.request(method === 'GET' ? new Request(`http://localhost:3000${path}`) : form(path, { as: 'ida', sure: 'yes' }));
    expect(answer.status).toBe(404);
  });

  test('says that the demo is being prepared while it is', async () => {
    const answer = await appWith('1').request(new Request('http://localhost:3000/demo'));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('being prepared');
  });

  test('lets nobody in by a name that is not of the cast, or as staff of a business that is not the demo', async () => {
    for (const body of [{ as: 'mallory' }, { as: 'ida', business: 'somebody-else' }]) {
      expect((await appWith('1').request(form('/demo/sign-in', body))).status).toBe(404);
    }
  });

  test('starts over only when one is sure', async () => {
    const answer = await appWith('1').request(form('/demo/reset', {}));
    expect(answer.headers.get('location')).toBe('/demo#reset');
  });

  test('stands after the skip link, needs no script and is not printed', () => {
    const html = withDemoBar('<body><a class="skip" href="#main">Skip</a><header>…</header></body>', 'customer');
    expect(html.indexOf('class="skip"')).toBeLessThan(html.indexOf('<aside'));
    expect(html).not.toContain('<script');
    expect(html).toContain('@media print');
    expect([isDemoSlug('paper-otter'), isDemoSlug('somebody-else'), isDemoSlug(undefined)]).toEqual([true, false, false]);
  });
});
