import { approvesAtMost, approvesUpTo, isWithin } from '../../../core/authority.ts';
import { canonicalJson } from '../../../core/canonical.ts';
import { textLimits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { clean, cleanLines, cut, maskEmail } from '../../../core/text.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { computeChosen, contractAtPress, lockStanding, type Made } from '../../estimates/estimates.ts';
import { mustBeAllowed } from '../../people/rights.ts';
import type { ApprovalKind, Further, InsteadOf, Presser } from '../approval.ts';
import { selectAbsent } from '../away/queries.ts';
import { type AccountRow, appendApproval, type SignerRow, selectAccount, selectFacts, selectSigner } from '../queries.ts';

type Locked = Awaited<ReturnType<typeof lockStanding>>;

/** Everything a press stands on, read while the estimate is locked: rights, limit and rules count as they are now (rule 37). */
export type Press = Readonly<{
  standing: Locked;
  presser: Presser;
  signer: SignerRow | null;
  account: AccountRow;
  /** Up to what the signer may approve; null: without limit. In somebody's place: up to what that one may. */
  limitMinor: bigint | null;
  /** In whose place they press; null: in their own. */
  instead: InsteadOf | null;
  typedName: string;
}>;

/** Locks the estimate and reads who presses. Refuses `not_found` for whoever has no right to it. */
export async function begin(scope: Scope, documentId: string, presser: Presser): Promise<Press> {
  if (presser.identifiedBy === 'office') await mustBeAllowed(scope, 'estimates:write');
  const standing = await lockStanding(scope, documentId);
  const account = await selectAccount(scope, standing);
  if (!account) throw new Refusal('not_found');
  const signer = presser.personId === null ? null : await selectSigner(scope, presser.personId, standing);
  if (signer === undefined) throw new Refusal('not_found');
  const typedName = clean(presser.typedName ?? '', textLimits.name, 'typedName');
  const limitMinor = signer === null ? 0n : approvesUpTo({ ...signer, customerKind: account.kind });
  return { standing, presser, signer, account, limitMinor, typedName, instead: null };
}

/** The press by the right it needs: the signer's own where that suffices, else that of somebody away in whose place they are. */
export async function byRight(scope: Scope, press: Press, totalMinor: bigint): Promise<Press> {
  const { signer, standing, account } = press;
  if (signer === null || isWithin(press.limitMinor, totalMinor)) return press;
  const { customerId, propertyId, today } = standing;
  for (const { held, ...absent } of await selectAbsent(scope, { signerId: signer.id, customerId, propertyId, today })) {
    const limitMinor = approvesAtMost(held, { ...absent, customerKind: account.kind, propertyId });
    const { personId, name, untilOn } = absent;
    if (isWithin(limitMinor, totalMinor)) return { ...press, limitMinor, instead: { personId, name, untilOn } };
  }
  return press;
}

export type Recorded = Readonly<{ id: string; seq: bigint }>;

type Recording = Readonly<{
  kind: ApprovalKind;
  made: Made;
  poNumber?: string;
  reason?: string;
  lineReasons?: readonly { lineId: string; reason: string }[];
  undoes?: string;
  further?: Further;
}>;

/** Adds the evidence: what was on screen and what of it was chosen, who pressed in what role and within what limit, and how that is known. */
export async function record(scope: Scope, press: Press, recording: Recording): Promise<Recorded> {
  const { standing, presser, signer, limitMinor, typedName } = press;
  const { kind, made, poNumber = '', undoes = null } = recording;
  const further = { ...recording.further, ...(press.instead && { instead: press.instead }) };
  const frozen = await selectFacts(scope, standing.id);
  if (!frozen) throw new Refusal('not_found');
  const id = newId();
  const names = new Map(frozen.lines.map((line) => [line.id, line.name]));
  const reason = cleanLines(recording.reason ?? '', textLimits.reason, 'reason');
  const lineReasons = (recording.lineReasons ?? []).map(({ lineId, reason: why }, at) => {
    const name = names.get(lineId);
    if (name === undefined) throw new Refusal('choice_unknown', { field: `lineReasons[${at}]` });
    return { lineId, name, reason: cleanLines(why, textLimits.reason, `lineReasons[${at}].reason`) };
  });
  const seq = await appendApproval(
    scope,
    canonicalJson({
      ...{ id, kind, document_id: standing.id, customer_id: standing.customerId, property_id: standing.propertyId, shown: standing.shown },
      ...{
        number: standing.number ?? '',
        revision: standing.revision,
        choices: made.choices,
        facts: factsOf(frozen.facts, made, standing.validUntil, await contractAtPress(scope, standing)),
      },
      ...{ currency: made.currency, total_minor: made.totals.totalMinor, tax_minor: made.totals.taxMinor, deposit_minor: made.depositMinor },
      ...{ terms_sha256: `\\x${frozen.termsSha256}`, po_number: poNumber, reason, line_reasons: lineReasons },
      ...{ person_id: signer?.id ?? null, typed_name: typedName, recorded_name: signer?.name ?? '', role: roleOf(press), limit_minor: limitMinor },
      ...{
        identified_by: presser.identifiedBy,
        identified_as: presser.identifiedBy === 'office' ? scope.actor.name : (presser.identifiedAs ?? (signer ? maskEmail(signer.email) : '')),
      },
      ...{
        at: scope.now.toString(),
        time_zone: standing.timeZone,
        address: cut(presser.address ?? '', 60),
        browser: cut(presser.browser ?? '', 400),
        undoes,
        further,
      },
    }),
  );
  return { id, seq };
}

function roleOf({ signer, limitMinor, instead }: Press): string {
  if (signer === null) return '';
  if (instead !== null) return 'approver';
  return signer.canManage ? 'admin' : limitMinor === null || limitMinor > 0n ? 'approver' : 'viewer';
}

/** One text of what was on screen: the estimate as it was frozen, what the choices came to, and of a change order the contract before it. */
function factsOf(frozen: string, made: Made, validUntil: string | null, contract: Awaited<ReturnType<typeof contractAtPress>>): string {
  const { choices, currency, lines, totals, depositMinor, plan } = made;
  const { subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes } = totals;
  const chosen = { choices, currency, lines, subtotalMinor, discountMinor, netMinor, taxes, taxMinor, totalMinor, depositMinor, plan };
  return canonicalJson({ estimate: JSON.parse(frozen), validUntil, chosen, ...(contract ? { contract } : {}) });
}

/** What the estimate comes to as it was approved, or as it is suggested: declining says what of. */
export function madeOf(scope: Scope, documentId: string, choices: unknown): Promise<Made> {
  return computeChosen(scope, documentId, choices);
}
