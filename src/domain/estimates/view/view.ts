import { todayIn } from '../../../core/calendar.ts';
import { depositDue, planDue } from '../../../core/choices.ts';
import { estimateNow } from '../../../core/estimate-state.ts';
import { Refusal } from '../../../core/refusal.ts';
import { firstText } from '../../../db/compile.ts';
import type { Compiled } from '../../../db/read.ts';
import type { Scope } from '../../../db/scope.ts';
import type { EstimateFacts, EstimateLineFact } from '../../../outgoing/estimate-facts.ts';
import { parseStored } from '../../invoices/stored.ts';
import { billToOf, businessOf, localeOf, partOf, some } from '../../invoices/view/view.ts';
import { changeOrdersOf, contractOf } from '../contract/contract.ts';
import type { EstimateStanding, EstimateView } from '../estimate.ts';
import type { EstimateJson, FrozenJson, StandingJson } from './facts-json.ts';
import { factsQuery } from './queries.ts';

/** The facts of one estimate, as a query of its own or within a scope. */
export const compiledFacts = {
  query: (business: string, document: string): Compiled => factsQuery({ business, document }),
  read: (scope: Scope, document: string): Promise<string | null> => firstText(scope, factsQuery({ business: scope.business, document })),
};

/** What the query's text says. The only thing computed is where it stands today. */
export function viewOf(json: string | null): EstimateView {
  if (json === null) throw new Refusal('not_found');
  const found = parseStored<EstimateJson>(json);
  const today = todayIn(found.business.timeZone, found.now);
  const { undoHours, codeThresholdMinor } = found.business;
  return {
    facts: factsOf(found),
    standing: standingOf(found.standing, today),
    changes: found.changes,
    contract: contractOf(found.contract),
    changeOrders: changeOrdersOf(found.changeOrders, today),
    today,
    viewer: found.viewer,
    asks: {
      poRequired: found.customer?.poRequired ?? false,
      twoFromMinor: found.customer?.twoFromMinor ?? null,
      commercial: (found.customer?.kind ?? found.frozen.estimate.customerKind) !== 'residential',
      codeThresholdMinor,
      undoHours,
    },
  };
}

/** Where an estimate stands on a day, from its stored standing. */
export function standingOf(row: StandingJson, today: string): EstimateStanding {
  const { version, state, validUntil, totalMinor, chosenMinor, depositMinor, decidedAt, decidedBy, reason } = row;
  const { approvalWithdrawnAt, recommendedAt, recommendedBy, invoiceId, depositInvoiceId } = row;
  return {
    ...{ version, state, validUntil, totalMinor, chosenMinor, depositMinor, decidedAt, decidedBy, reason },
    ...{ approvalWithdrawnAt, recommendedAt, recommendedBy, invoiceId, depositInvoiceId },
    now: estimateNow(state, validUntil, today),
    waitingFor:
      row.waitingForId === null
        ? null
        : { id: row.waitingForId, name: row.waitingForName, insteadOf: row.waitingInsteadOf, remindedAt: row.approverRemindedAt },
    firstApproval: row.firstApprovedAt === null ? null : { at: row.firstApprovedAt, by: row.firstApprovedBy, personId: row.firstApproverId ?? '' },
    replacedBy: row.replacedById === null ? null : { id: row.replacedById, number: row.number ?? '', revision: row.replacedByRevision ?? 0 },
  };
}

function factsOf({ business, standing, frozen }: EstimateJson): EstimateFacts {
  const { estimate, totals } = frozen;
  const language = localeOf(frozen.language);
  const { pricesIncludeTax, taxExempt, discount, subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor } = totals;
  return {
    business: businessOf(business, estimate.seller, language),
    document: {
      ...{ id: frozen.parts[0]?.documentId ?? '', rootId: estimate.rootId, kind: 'estimate', number: estimate.number, revision: estimate.revision },
      ...{ issuedOn: estimate.issuedOn, validUntil: standing.validUntil ?? estimate.validUntil, firstValidUntil: estimate.validUntil, language },
      ...{ currency: totals.currency, homeCurrency: business.currency },
      poNumber: some(estimate.poNumber),
      message: some(estimate.message),
      scope: some(estimate.scope),
      exclusions: some(estimate.exclusions),
      terms: some(estimate.terms),
      termsSha256: estimate.termsSha256,
      word: estimate.word,
      amends: estimate.amends ?? null,
      attachments: frozen.attachments,
    },
    billTo: billToOf(estimate.billTo),
    parts: frozen.parts.map((part) => partOf({ ...part, paidMinor: 0n, processingMinor: 0n, balanceMinor: 0n })),
    lines: linesOf(frozen),
    taxes: frozen.taxes,
    ...{ pricesIncludeTax, taxExempt, discount, subtotalMinor, discountMinor, netMinor, taxMinor, totalMinor },
    deposit: estimate.deposit,
    depositMinor: depositDue(estimate.deposit, totalMinor),
    plan: estimate.plan,
    stages: estimate.plan && planDue(estimate.plan, totalMinor),
  };
}

/** One part that is tied to no property is no section to speak of. */
function linesOf({ parts, lines }: FrozenJson): EstimateLineFact[] {
  const plain = parts.length === 1 && parts[0]?.propertyId === null;
  return lines.map(({ chosen, ...line }) => ({
    ...line,
    partId: plain ? null : line.partId,
    description: some(line.description),
    unit: some(line.unit),
    taxName: some(line.taxName),
    choice: chosen?.choice ?? null,
    bounds: chosen?.bounds ?? null,
  }));
}
