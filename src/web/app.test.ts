import { describe, expect, it } from 'vitest';
import { Browser } from '../../test/portal-world.ts';
import { testOrigin } from '../../test/web.ts';
import { testWorld } from '../../test/world.ts';

const world = testWorld();
const get = (path: string, headers: Record<string, string> = {}) => world().web.app.request(testOrigin + path, { headers, redirect: 'manual' });

describe('every answer', () => {
  it.each(['/', '/office/', '/api/docs', '/api/v1/openapi.json', '/api/v1/customers', '/nothing/here', '/health/live', '/robots.txt'])(
    '%s carries the safe headers and a request id',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('I2 a page allows nothing that is not its own', async () => {
    for (const path of ['/api/docs', '/nothing/here']) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
    }
  });

  it('O9 leaves no way to the inside', async () => {
    for (const path of [
      '/.git/config',
      '/.env',
      '/package.json',
      '/office/assets/../../main.js',
      '/office/assets/%2e%2e%2fmain.js',
      '/main.js.map',
      '/debug',
      '/metrics',
      '/setup',
    ]) {
      const answer = await get(path);
      expect([302, 303, 404], path).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/sourceMappingURL|repositoryformatversion|"dependencies"/);
    }
  });
});

const elsewhere = [
  ...[
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    '//evil.example/%2f..',
  ],
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    '/%09/evil.example',
    '/%0d%0aLocation:%20https://evil.example',
    '%2f%2fevil.example',
    '/%5cevil.example',
    '//evil%E3%80%82example',
  ],
  ...[
    'http://localhost:3999@evil.example',
    'http://localhost:3999.evil.example',
    '.evil.example',
    '@evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/;@evil.example',
    '?@evil.example',
  ],
  ...[
    '#@evil.example',
    '/http://evil.example',
    'https://evil.example?localhost:3999',
    '//[::1]',
    '//0x7f000001',
    'https:\\evil.example',
    ' https://evil.example',
    '\thttps://evil.example',
  ],
];

describe('L12 where an answer sends a browser', () => {
  it.each(elsewhere)('%j leads nowhere else', async (target) => {
    const { otter } = world();
    const value = encodeURIComponent(target);
    const paths = [
      `/?next=${value}`,
      `/office/?next=${value}`,
      `/${otter.business.slug}?next=${value}&return=${value}`,
      `/${otter.business.slug}/home?next=${value}`,
    ];
    const raw = target.startsWith('/') ? [`${target}`, `/${otter.business.slug}${target}`] : [];
    for (const path of [...paths, ...raw]) {
      const url = URL.canParse(path, testOrigin) ? new URL(path, testOrigin) : null;
      if (url === null || url.origin !== testOrigin) continue;
      const location = (await get(url.pathname + url.search)).headers.get('location');
      if (location !== null) expect(new URL(location, testOrigin).origin, path).toBe(testOrigin);
    }
    const signedOut = await new Browser(world().web).post(`/${otter.business.slug}/sign-out`, { next: target, return: target });
    expect(new URL(signedOut.headers.get('location') ?? '/', testOrigin).origin).toBe(testOrigin);
  });
});

describe('L11 forms from elsewhere', () => {
  it('are refused by every page that takes one, whatever their type', async () => {
    const { web, otter } = world();
    const slug = otter.business.slug;
    for (const path of [
      `/${slug}/code`,
      `/${slug}/find`,
      `/${slug}/sign-out`,
      `/${slug}/d/${otter.ids.invoiceId}/ask`,
      `/${slug}/d/${otter.ids.invoiceId}/pay`,
      '/api/v1/session',
    ]) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'multipart/form-data; boundary=x']) {
        for (const origin of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
          const answer = await web.app.request(testOrigin + path, { method: 'POST', body: 'a=b', headers: { 'content-type': type, ...origin } });
          expect(answer.status, `${path} ${type}`).toBe(403);
        }
      }
    }
  });
});
