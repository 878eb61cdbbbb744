import { approvesUpTo, isWithin, needsTwo } from '../../../core/authority.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import type { EstimateView } from '../../estimates/estimate.ts';
import { readEstimate } from '../../estimates/estimates.ts';

/** Estimates one press may approve. */
export const mostAtOnce = 25;

/** Why one of several is left to its own page. `limit`: above what they may approve; `two`: two people approve it; `named`: a shared mailbox; `over`: it no longer waits. */
export type LeftToItself = 'limit' | 'two' | 'named' | 'over' | 'currency';

/** One of several estimates as it was suggested. `left` null: this press would approve it. */
export type OneOfSeveral = Readonly<{
  id: string;
  number: string;
  revision: number;
  place: string;
  totalMinor: bigint;
  currency: string;
  terms: string | null;
  poRequired: boolean;
  approved: boolean;
  personId: string | null;
  left: LeftToItself | null;
}>;

/** What one press would approve, each and in all, and what it would leave. */
export type Several = Readonly<{ takes: readonly OneOfSeveral[]; leaves: readonly OneOfSeveral[]; totalMinor: bigint; currency: string; approved: number }>;

/** As the signed-in person sees them now; what is not theirs is not among them. Refuses `batch_too_large`. The press looks at each again (rule 37). */
export async function severalToApprove(scope: Scope, documentIds: readonly string[]): Promise<Several> {
  if (documentIds.length > mostAtOnce) throw new Refusal('batch_too_large');
  const all: OneOfSeveral[] = [];
  for (const id of documentIds) {
    const view = await seen(scope, id);
    if (view !== null) all.push(oneOf(id, view));
  }
  const currency = all.find(({ left }) => left === null)?.currency ?? all[0]?.currency ?? '';
  const judged = all.map((one) => (one.left === null && one.currency !== currency ? { ...one, left: 'currency' as const } : one));
  const takes = judged.filter(({ left }) => left === null);
  return {
    takes,
    leaves: judged.filter(({ left }) => left !== null),
    totalMinor: takes.reduce((sum, { totalMinor }) => sum + totalMinor, 0n),
    currency,
    approved: all.filter(({ approved }) => approved).length,
  };
}

async function seen(scope: Scope, id: string): Promise<EstimateView | null> {
  try {
    return await readEstimate(scope, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}

function oneOf(id: string, view: EstimateView): OneOfSeveral {
  const { facts, standing, asks, viewer } = view;
  const { number, revision, currency, terms } = facts.document;
  const [place] = facts.parts.length === 1 ? facts.parts : [];
  return {
    ...{ id, number, revision, place: place?.title ?? '', totalMinor: standing.totalMinor, currency, terms, poRequired: asks.poRequired },
    approved: standing.now === 'approved',
    personId: viewer?.personId ?? null,
    left: whyLeft(view),
  };
}

function whyLeft({ standing, asks, viewer }: EstimateView): LeftToItself | null {
  const { totalMinor } = standing;
  if (standing.now !== 'sent' || totalMinor <= 0n) return 'over';
  if (viewer === null || viewer.sharedMailbox) return 'named';
  const customerKind = asks.commercial ? 'commercial' : 'residential';
  if (!isWithin(approvesUpTo({ ...viewer, customerKind, limitMinor: viewer.approveLimitMinor }), totalMinor)) return 'limit';
  return needsTwo(asks.twoFromMinor, totalMinor) ? 'two' : null;
}
