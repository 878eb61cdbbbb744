import { askProcessor, inSystem, type Till } from '../checkout/checkout.ts';
import { endLook, type NoticeEnd, workNotice } from './notices.ts';
import type { NoticeKey } from './queries.ts';

/**
 * Works through one stored notice; where it only says that something changed, the processor is asked between two transactions. Throws while
 * it is silent, so that the notice is worked again: a bank debit sent back after it had cleared is told by nothing else.
 */
export async function handleNotice(till: Till, business: string, key: NoticeKey): Promise<NoticeEnd> {
  const end = await inSystem(till, business, (scope) => workNotice(scope, till.keys, key));
  if (typeof end === 'string') return end;
  const settled = await askProcessor(till, business, end.look);
  if (settled === null) throw new Error(`the processor was silent about a notice: ${key.gateway} ${key.eventId}`);
  const changed = settled.kind === 'changed';
  await inSystem(till, business, (scope) => endLook(scope, key, changed));
  return changed ? 'settled' : 'no_change';
}
