import type { Keys } from '../../../core/gateways.ts';
import type { Scope } from '../../../db/scope.ts';
import { ensureLink } from '../../links/links.ts';
import { queueMail } from '../../mails/mails.ts';
import { selectPayer } from '../queries.ts';

/** What an autopay mail is about. */
export type AutopayWord = 'notice' | 'above_cap' | 'failed' | 'stopped_trying' | 'confirm' | 'expiring' | 'started' | 'ended' | 'ended_other';

type Told = Readonly<{
  what: AutopayWord;
  /** One mail each. */
  once: string;
  personId: string;
  customerId: string;
  documentId?: string | null;
  facts: Readonly<Record<string, unknown>>;
}>;

/** To one person at the recorded address; about a bill, with their own link to it. Without keys it leads to the pages of the signed-in account. */
export async function tellPerson(scope: Scope, keys: Keys | null, told: Told): Promise<void> {
  const person = await selectPayer(scope, told.personId);
  if (person === undefined) return;
  const { personId, customerId, documentId = null } = told;
  const linkId = documentId === null || keys === null ? null : await ensureLink(scope, keys, { documentId, customerId, personId, sentTo: person.email });
  await queueMail(scope, { kind: 'autopay', once: told.once, documentId, customerId, personId, linkId, facts: { ...told.facts, what: told.what } });
}
