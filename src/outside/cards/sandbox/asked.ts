import { timingSafeEqual } from 'node:crypto';
import { type Bank, truthOf } from './bank.ts';
import type { Knobs, Session } from './model.ts';
import type { SandboxStore } from './store.ts';
import type { WayBack } from './way-back.ts';

export type Asked = Readonly<{ method: string; path: string; headers: Readonly<Record<string, string | undefined>>; body: string }>;
/** What to answer, or to say nothing at all for `silent`. */
export type Answer = Readonly<{ status: number; json?: unknown; html?: string; location?: string; css?: string }> | 'silent';
export type Parts = Readonly<{ store: SandboxStore; bank: Bank; wayBack: WayBack; knobs: Knobs; key: string; withKnobs: boolean }>;
export type Handler = (parts: Parts, asked: Asked, id: string) => Answer;
export type Route = readonly [method: string, path: RegExp, handler: Handler];

export const problem = (status: number, code: string): Answer => ({ status, json: { error: { code } } });
export const accountOf = (asked: Asked): string => asked.headers['sandbox-account'] ?? '';

export function sameKey(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function truth(session: Session | null, asked: Asked): Answer {
  return session === null || session.account !== accountOf(asked) ? problem(404, 'not_found') : { status: 200, json: truthOf(session) };
}
