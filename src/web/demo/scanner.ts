import type { Knock } from './demo.ts';

const scanners = [
  'Mozilla/5.0 (compatible; MailGuard/3.1; link check)',
  'SafeView/2.0 (+https://example.com/safeview)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
];

/** Does what the scanners of mail providers do with a link: asks for it again and again, follows where it leads, keeps no cookie and presses nothing. */
export async function scanLink(url: string, knock: Knock): Promise<void> {
  for (const agent of scanners) {
    for (const method of ['HEAD', 'GET'] as const) {
      const answer = await knock(new Request(url, { method, headers: { 'User-Agent': agent } }));
      const next = answer.headers.get('location');
      if (next !== null) await knock(new Request(new URL(next, url), { method, headers: { 'User-Agent': agent } }));
    }
  }
}
