import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { showInPortal } from '../invoices/invoices.ts';
import { showPaymentHistory } from '../payments/payments.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { markHistoryShown, selectHiddenHistory } from './history/queries.ts';

const atOnce = 500;

/**
 * Makes all imported invoices, and the payments on them, visible to their customers. Sends nothing. Answers how many became visible;
 * once more shows what was imported since.
 */
export async function showHistory(scope: Scope): Promise<number> {
  await mustBeAllowed(scope, 'settings:write');
  const hidden = await selectHiddenHistory(scope);
  for (let from = 0; from < hidden.length; from += atOnce) await showInPortal(scope, hidden.slice(from, from + atOnce));
  await showPaymentHistory(scope);
  await markHistoryShown(scope);
  await recordEvent(scope, { kind: 'history.shown', data: { invoices: hidden.length } });
  return hidden.length;
}
