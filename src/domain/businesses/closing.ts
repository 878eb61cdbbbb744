import { todayIn } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { tellStaff } from '../people/notices.ts';
import { mustBeOwner } from '../people/rights.ts';
import { listStaff } from '../people/staff.ts';
import { type ClosingRow, deleteClosing, insertClosing, selectClosing, selectExtent } from './closing/queries.ts';
import { mayRead } from './policy.ts';
import { selectSettings } from './queries.ts';

/** How long a closing business can still be looked at, and brought back. */
export const graceDays = 30;

export type ClosingView = Readonly<{ closing: ClosingRow | null; extent: Awaited<ReturnType<typeof selectExtent>> }>;

/** Whether this business is closing, and what of it would go. */
export async function readClosing(scope: Scope): Promise<ClosingView> {
  await mayRead(scope);
  return { closing: (await selectClosing(scope)) ?? null, extent: await selectExtent(scope) };
}

/**
 * Begins to close the business: from now on it is only looked at, for thirty days, then everything of it is removed. Every owner is told by
 * mail. `name` is typed to confirm. Refuses `only_owners`, `export_name_differs`, `business_closing` when it is so already.
 */
export async function startClosing(scope: Scope, input: Readonly<{ name: string }>): Promise<ClosingView> {
  await mustBeOwner(scope);
  const { name } = await selectExtent(scope);
  if (input.name.trim() !== name.trim()) throw new Refusal('export_name_differs', { field: 'name' });
  const endsAt = scope.now.add({ hours: 24 * graceDays });
  if (!(await insertClosing(scope, endsAt.toString()))) throw new Refusal('business_closing');
  await tellOwners(scope, 'business_closing', endsAt);
  await recordEvent(scope, { kind: 'business.closing', data: { endsAt: endsAt.toString() } });
  return readClosing(scope);
}

/** The business stays: everything works again at once. Refuses `only_owners`, `not_found` when it is not closing. */
export async function stopClosing(scope: Scope): Promise<ClosingView> {
  await mustBeOwner(scope);
  if (!(await deleteClosing(scope))) throw new Refusal('not_found');
  await tellOwners(scope, 'business_stays', scope.now);
  await recordEvent(scope, { kind: 'business.closing_stopped', data: {} });
  return readClosing(scope);
}

/** Whether nothing may be begun here any more. For every role. */
export async function isClosing(scope: Scope): Promise<boolean> {
  return (await selectClosing(scope)) !== undefined;
}

/** Whether its last day has passed at `now`. */
export async function isOver(scope: Scope, now: Temporal.Instant): Promise<boolean> {
  const closing = await selectClosing(scope);
  return closing !== undefined && Temporal.Instant.compare(Temporal.Instant.from(closing.endsAt), now) <= 0;
}

/** Refuses `business_closing`: for what customers begin. */
export async function mustNotBeClosing(scope: Scope): Promise<void> {
  if (await isClosing(scope)) throw new Refusal('business_closing');
}

async function tellOwners(scope: Scope, notice: 'business_closing' | 'business_stays', at: Temporal.Instant): Promise<void> {
  const { company } = await selectSettings(scope);
  const facts = { by: scope.actor.name, day: todayIn(company.timeZone, at) };
  for (const { id, role } of await listStaff(scope)) {
    if (role === 'owner') await tellStaff(scope, id, { notice, once: `${notice}:${scope.now.toString()}:${id}`, facts });
  }
}
