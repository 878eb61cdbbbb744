import { limits } from '../../../core/limits.ts';
import type { ContractBill } from '../../../core/progress.ts';
import { Refusal } from '../../../core/refusal.ts';
import { Reading } from '../../invoices/drafts/reading.ts';

/** Checks what is to be billed as it comes from outside. */
export function readContractBill(input: unknown): ContractBill {
  const reading = new Reading();
  const bill = reading.object(input, '', ['kind', 'stage', 'ratePpm', 'amountMinor']);
  const read = kindOf(reading, bill);
  reading.end();
  return read;
}

/** At most half of each invoice is held back. */
const mostRetainagePpm = 500_000;

/** The share to hold back from now on; undefined leaves what was agreed. */
export function readRetainage(ratePpm: number | undefined): number | undefined {
  if (ratePpm === undefined) return undefined;
  if (!Number.isInteger(ratePpm) || ratePpm < 0 || ratePpm > mostRetainagePpm) throw new Refusal('retainage_rule', { field: 'retainagePpm' });
  return ratePpm;
}

function kindOf(reading: Reading, bill: Record<string, unknown>): ContractBill {
  switch (bill['kind']) {
    case 'whole':
    case 'rest':
      return { kind: bill['kind'] };
    case 'stage':
      return { kind: 'stage', stage: reading.whole(bill['stage'], 'stage', 0, 11) ?? 0 };
    case 'percent': {
      const ratePpm = reading.amount(bill['ratePpm'], 'ratePpm', 'rate_invalid');
      if (ratePpm <= 0n || ratePpm > limits.ratePpmMax) reading.add('ratePpm', 'rate_invalid');
      return { kind: 'percent', ratePpm };
    }
    case 'amount': {
      const amountMinor = reading.amount(bill['amountMinor'], 'amountMinor', 'amount_invalid');
      if (amountMinor <= 0n || amountMinor > limits.documentMaxMinor) reading.add('amountMinor', 'amount_invalid');
      return { kind: 'amount', amountMinor };
    }
    default:
      reading.add('kind', 'wrong_choice');
      return { kind: 'rest' };
  }
}
