import { sign, signatureHeader } from '../signature.ts';
import type { DueNotice, SandboxStore } from './store.ts';

const waitMs = 10_000;
const pollMs = 250;
const longestPauseMs = 60_000;
const abreast = 8;

/** Sends notices until each is taken with a 2xx: again after growing pauses, signed anew each time. Nothing is sent after `stop`. */
export function startDeliveries(store: SandboxStore, now: () => number, onTick: () => void): { stop: () => Promise<void> } {
  let stopped = false;
  const work = (async () => {
    while (!stopped) {
      onTick();
      const due = store.dueNotices(abreast);
      await Promise.all(due.map((notice) => deliver(store, now, notice)));
      if (due.length === 0) await pause(pollMs);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await work;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function deliver(store: SandboxStore, now: () => number, notice: DueNotice): Promise<void> {
  const body = Buffer.from(notice.body);
  const signature = sign(notice.secret, Math.trunc(now() / 1000), body);
  const taken = await post(notice.url, body, signature);
  if (taken) store.delivered(notice.id);
  else store.postponed(notice.id, Math.min(longestPauseMs, 500 * 2 ** Math.min(notice.attempts, 10)));
}

async function post(url: string, body: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'error', signal: AbortSignal.timeout(waitMs) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
