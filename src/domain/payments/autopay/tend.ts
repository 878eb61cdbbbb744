import type { Keys } from '../../../core/gateways.ts';
import type { Scope } from '../../../db/scope.ts';
import { officeAddress, queueMail } from '../../mails/mails.ts';
import { mustBeSystem } from '../policy.ts';
import { selectSaved } from '../saved/queries.ts';
import { tellPerson } from './letters.ts';
import { endMandate } from './mandate.ts';
import { planBills } from './plan.ts';
import { type Mandate, selectManagers, selectMandates } from './queries.ts';

/** What follows from an agreement that was given, changed or ended: its mail, and the plans of what it covers. Run twice it does nothing more. System only. */
export async function tendMandate(scope: Scope, keys: Keys, mandateId: string): Promise<void> {
  mustBeSystem(scope);
  const [mandate] = await selectMandates(scope, { id: mandateId });
  if (mandate === undefined) return;
  if (mandate.endedAt === null) {
    const { id, personId, customerId } = mandate;
    await tellPerson(scope, null, {
      what: 'started',
      once: `autopay_started:${id}`,
      personId,
      customerId,
      facts: { label: mandate.methodLabel, wording: mandate.wording },
    });
    await planBills(scope, keys, customerId);
  } else if (mandate.endedReason !== 'replaced') {
    await tellEnd(scope, mandate);
    // Bills it covered may be covered by the agreement for the whole account.
    await planBills(scope, keys, mandate.customerId);
  }
}

async function tellEnd(scope: Scope, mandate: Mandate): Promise<void> {
  const { id, personId, customerId, personName: name, endedReason: reason } = mandate;
  const facts = { label: mandate.methodLabel, name, reason, note: mandate.endedNote };
  await tellPerson(scope, null, { what: 'ended', once: `autopay_ended:${id}`, personId, customerId, facts });
  if (reason === 'by_office' || reason === 'by_person') return;
  // Somebody lost a right, or a method is gone: whoever manages the account, and the office, are told the same day (rule 26).
  for (const manager of await selectManagers(scope, customerId, personId))
    await tellPerson(scope, null, { what: 'ended_other', once: `autopay_ended:${id}:${manager}`, personId: manager, customerId, facts });
  const office = await officeAddress(scope);
  if (office !== null)
    await queueMail(scope, { kind: 'autopay', once: `autopay_ended:${id}:office`, customerId, to: office, facts: { ...facts, what: 'ended_other' } });
}

/** Ends what rests on a method that was removed, or is no longer offered to whoever uses it. System only. */
export async function tendMethod(scope: Scope, methodId: string): Promise<void> {
  mustBeSystem(scope);
  const method = await selectSaved(scope, methodId);
  if (method === undefined) return;
  for (const mandate of await selectMandates(scope, { methodId, active: true })) {
    if (method.state !== 'saved') await endMandate(scope, mandate, { reason: 'method_removed' });
    else if (method.person_id !== mandate.personId && method.offered_at === null) await endMandate(scope, mandate, { reason: 'not_offered' });
  }
}
