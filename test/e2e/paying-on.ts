import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Payer, Shop } from '../shop.ts';

type Shown = { standing: { balanceMinor: number; paidMinor: number }; payments: { id: string; state: string; amountMinor: number }[] };

const live = ({ state }: Shown['payments'][number]): boolean => state === 'unknown' || state === 'initiated';

/** Goes on as people do: reloads, presses again where there still is something to press, until the office has the money and no attempt is left open. */
export async function goOn(shop: Shop, payer: Payer): Promise<Shown> {
  let shown: Shown | null = null;
  for (let tries = 0; tries < 900; tries += 1) {
    shown = await shop.office<Shown>('GET', `/invoices/${payer.bill.id}`);
    if (shown.standing.balanceMinor === 0 && !shown.payments.some(live)) return shown;
    if (shown.standing.balanceMinor > 0) await payer.pay();
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`after ${payer.at} an invoice stays at ${JSON.stringify(shown)}`);
}

/** What the processor took for each bill, from its own books. */
export function takenByProcessor(dataDir: string): Map<string, number> {
  const db = new DatabaseSync(join(dataDir, 'sandbox', 'sandbox.db'), { readOnly: true });
  const rows = db.prepare(`select body from sessions where status = 'complete'`).all() as { body: string }[];
  db.close();
  const taken = new Map<string, number>();
  for (const { body } of rows) {
    const { cancelUrl, amount } = JSON.parse(body) as { cancelUrl: string; amount: string };
    const bill = /inv_\w+/.exec(cancelUrl)?.[0] ?? '';
    taken.set(bill, (taken.get(bill) ?? 0) + Number(amount));
  }
  return taken;
}
