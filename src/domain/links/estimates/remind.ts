import type { Keys } from '../../../core/gateways.ts';
import type { Database } from '../../../db/pool.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { isClosing } from '../../businesses/closing.ts';
import { lockStanding } from '../../estimates/estimates.ts';
import { recordEvent } from '../../events/events.ts';
import { queueMail } from '../../mails/mails.ts';
import { freshLink } from '../links.ts';
import { selectMailedPeople } from '../queries.ts';
import { type Ending, markReminded, selectEnding } from './queries.ts';

const atOnce = 100;

/** Reminds of estimates that end soon, once for each last day, each in a transaction of its own. Answers how many. */
export async function remindEstimates(database: Database, keys: Keys, business: string): Promise<number> {
  const as = { role: 'system', business, actor: systemActor } as const;
  const ending = await inTransaction(database, as, async (scope) => ((await isClosing(scope)) ? [] : selectEnding(scope, atOnce)));
  for (const each of ending) await inTransaction(database, as, (scope) => remind(scope, keys, each));
  return ending.length;
}

/** Whoever it waits for, else everyone it was mailed to. */
async function remind(scope: Scope, keys: Keys, ending: Ending): Promise<void> {
  const { documentId, customerId, propertyId, number, revision, validUntil } = ending;
  const standing = await lockStanding(scope, documentId);
  if (standing.state !== 'sent' || standing.validUntil !== validUntil) return;
  const mailed = await selectMailedPeople(scope, documentId);
  const waiting = mailed.filter(({ person_id: id }) => id === standing.waitingForId);
  const people = [];
  for (const { person_id: personId, email } of waiting.length > 0 ? waiting : mailed) {
    const linkId = await freshLink(scope, keys, { documentId, customerId, personId, sentTo: email });
    const mail = await queueMail(scope, {
      kind: 'estimate_reminder',
      once: `estimate_ends:${documentId}:${personId}:${validUntil}`,
      documentId,
      customerId,
      personId,
      linkId,
    });
    if (mail !== null) people.push({ personId, to: email });
  }
  await markReminded(scope, documentId, validUntil);
  if (people.length > 0)
    await recordEvent(scope, { kind: 'estimate.reminded', documentId, customerId, propertyId, data: { number, revision, validUntil, people } });
}
