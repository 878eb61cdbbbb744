import { endOfMonth } from '../../../core/calendar.ts';
import type { SetupOutcome } from '../../../core/gateways.ts';
import { crashPoint } from '../../../db/crash-point.ts';
import { inTransaction, type Scope, systemActor } from '../../../db/scope.ts';
import { errorFields, log } from '../../../log.ts';
import { recordEvent } from '../../events/events.ts';
import { inSystem, type Till } from '../checkout/checkout.ts';
import type { CheckoutPlace } from '../payment.ts';
import { mustBeSystem } from '../policy.ts';
import type { StartedSetup } from './methods.ts';
import { hasDefault, type SavedState, selectSaved, selectUnfinished, updateSaved } from './queries.ts';

/** Where the payer goes now; `checking` when nobody answered, `down` when the processor does not let them. */
export type SetupAnswer = Readonly<{ kind: 'redirect'; url: string } | { kind: 'checking' } | { kind: 'done'; state: SavedState } | { kind: 'down' }>;

/** Takes a committed setup to its processor. Pressed again it answers the same page. No connection is held while the processor works. */
export async function openSetup(till: Till, { business, id }: StartedSetup, place: Omit<CheckoutPlace, 'description'>): Promise<SetupAnswer> {
  crashPoint('method.committed');
  const row = await inSystem(till, business, (scope) => selectSaved(scope, id));
  const gateway = till.cards[row?.gateway ?? ''];
  if (row === undefined || gateway === undefined) return { kind: 'down' };
  if (row.state !== 'adding') return { kind: 'done', state: row.state };
  const outcome = await gateway.createSetup({
    ...place,
    setup: id,
    business,
    payerRef: row.person_id,
    methods: ['card', 'bank'],
    idempotencyKey: `setup-${id}`,
  });
  crashPoint('method.asked');
  if (outcome.kind === 'unknown') return { kind: 'checking' };
  if (outcome.kind === 'refused') {
    log.error('setup refused by the processor', { setup: id, reason: outcome.reason });
    return { kind: 'down' };
  }
  await inSystem(till, business, (scope) => updateSaved(scope, id, { gateway_session: outcome.session }));
  return { kind: 'redirect', url: outcome.url };
}

/** Asks the processor what became of a setup, and keeps what it says. Answers the state it is in now. */
export async function askSetup(till: Till, business: string, id: string): Promise<SavedState | null> {
  const row = await inSystem(till, business, (scope) => selectSaved(scope, id));
  const gateway = till.cards[row?.gateway ?? ''];
  if (row === undefined) return null;
  if (row.state !== 'adding' || gateway === undefined) return row.state;
  const outcome = await gateway.fetchSetup({ setup: id, business, session: row.gateway_session });
  return inSystem(till, business, (scope) => settleSetup(scope, id, outcome));
}

/** Carries out what a processor says of a setup. The same news twice is one method. System only. */
export async function settleSetup(scope: Scope, id: string, outcome: SetupOutcome): Promise<SavedState | null> {
  mustBeSystem(scope);
  const row = await selectSaved(scope, id, true);
  if (row?.state !== 'adding') return row?.state ?? null;
  // One whose page was never opened may still be on its way there.
  const old = scope.now.since(Temporal.Instant.from(row.created_at)).total('hours') >= 24;
  if (outcome.kind === 'unknown' || ((outcome.kind === 'open' || outcome.kind === 'none') && !old)) return 'adding';
  if (outcome.kind !== 'saved') {
    await updateSaved(scope, id, { state: 'failed' });
    return 'failed';
  }
  const { method, reference, holder, label, expires } = outcome;
  const expires_on = expires === null ? null : endOfMonth(`${expires.year}-${String(expires.month).padStart(2, '0')}-01`);
  const first = !(await hasDefault(scope, row.person_id));
  await updateSaved(scope, id, { state: 'saved', method, reference, holder, label, expires_on, is_default: first, saved_at: scope.now.toString() });
  const data = { methodId: id, label, method, personId: row.person_id, name: row.person_name };
  await recordEvent(scope, { kind: 'method.added', customerId: row.customer_id, shown: false, data });
  crashPoint('method.saved');
  return 'saved';
}

/** Finishes what was left open: setups nobody came back from, and removed methods the processor still has. */
export async function tidySaved(till: Till, business: string, olderThanS = 60): Promise<void> {
  const due = await inTransaction(till.database, { role: 'system', business, actor: systemActor }, (scope) =>
    selectUnfinished(scope, scope.now.subtract({ seconds: olderThanS }).toString(), 200),
  );
  for (const { id, state } of due) {
    try {
      if (state === 'adding') await askSetup(till, business, id);
      else await forget(till, business, id);
    } catch (error) {
      log.error('saved method not tidied', { method: id, ...errorFields(error) });
    }
  }
}

async function forget(till: Till, business: string, id: string): Promise<void> {
  const row = await inSystem(till, business, (scope) => selectSaved(scope, id));
  const gateway = till.cards[row?.gateway ?? ''];
  if (!row?.reference || gateway === undefined) return;
  if ((await gateway.forgetMethod({ business, reference: row.reference })) !== 'gone') return;
  await inSystem(till, business, (scope) => updateSaved(scope, id, { forgotten_at: scope.now.toString() }));
}
