/** What stands behind a press on Approve: how the customer's account is, and what the person may do there. */
export type Standing = Readonly<{
  customerKind: string;
  whole: boolean;
  canManage: boolean;
  limitMinor: bigint;
  /** What the property lets those approve who look after it; null: no limit of its own. */
  nteMinor: bigint | null;
  /** The property is theirs. */
  owns: boolean;
}>;

/**
 * Up to what a person may approve: null without limit, 0n not at all. A limit that was set counts. Without one, whoever speaks for a home may
 * approve its estimates; at a company only whoever manages the whole account may, everybody else recommends. What a property sets as its most
 * binds whoever looks after it, not its owner and not those who speak for the whole account.
 */
export function approvesUpTo({ customerKind, whole, canManage, limitMinor, nteMinor, owns }: Standing): bigint | null {
  if (limitMinor > 0n) return nteMinor === null || whole || owns || limitMinor < nteMinor ? limitMinor : nteMinor;
  if (!whole) return 0n;
  return customerKind === 'residential' || canManage ? null : 0n;
}

/** What a change order takes away counts as what it would add. */
export function magnitude(totalMinor: bigint): bigint {
  return totalMinor < 0n ? -totalMinor : totalMinor;
}

/** One right of somebody: where it holds (null: everywhere at the customer) and up to what. */
export type Held = Readonly<{ propertyId: string | null; limitMinor: bigint; canManage: boolean }>;

/** Up to what somebody may approve at a property, by all they hold at a customer: what a stand-in has of whoever is away. */
export function approvesAtMost(
  held: readonly Held[],
  at: Readonly<{ customerKind: string; propertyId: string | null; nteMinor: bigint | null; owns: boolean }>,
): bigint | null {
  const here = held.filter(({ propertyId }) => propertyId === null || propertyId === at.propertyId);
  if (here.length === 0) return 0n;
  const limitMinor = here.reduce((most, each) => (each.limitMinor > most ? each.limitMinor : most), 0n);
  return approvesUpTo({ ...at, whole: here.some(({ propertyId }) => propertyId === null), canManage: here.some(({ canManage }) => canManage), limitMinor });
}

export function isWithin(limitMinor: bigint | null, totalMinor: bigint): boolean {
  return limitMinor === null || (limitMinor > 0n && magnitude(totalMinor) <= limitMinor);
}

/** Whether two different persons sign: from the amount on that the customer wants it from; null: one is enough. */
export function needsTwo(fromMinor: bigint | null, totalMinor: bigint): boolean {
  return fromMinor !== null && magnitude(totalMinor) >= fromMinor;
}

export const identifications = ['link', 'code', 'session', 'office'] as const;
/** How it is known who pressed: by the link alone, by a code sent for it, by a session begun with a code, or the office recorded it. */
export type Identification = (typeof identifications)[number];

/** Whether the link alone is not enough: where a limit was set, at any company, where two sign, and above what the business trusts a link with. */
export function needsCode(
  by: Identification,
  asked: Readonly<{ customerKind: string; limitMinor: bigint; totalMinor: bigint; thresholdMinor: bigint | null; twoFromMinor: bigint | null }>,
): boolean {
  if (by !== 'link') return false;
  const { customerKind, limitMinor, totalMinor, thresholdMinor, twoFromMinor } = asked;
  if (needsTwo(twoFromMinor, totalMinor)) return true;
  return customerKind !== 'residential' || limitMinor > 0n || (thresholdMinor !== null && magnitude(totalMinor) > thresholdMinor);
}
