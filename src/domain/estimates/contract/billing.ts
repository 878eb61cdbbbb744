import { type PlanStage, planDue } from '../../../core/choices.ts';
import type { Contract } from './contract.ts';
import type { ContractInvoiceJson } from './queries.ts';

/** How a contract is billed, for the office. Amounts in minor units. */
export type ContractBilling = Readonly<{
  invoices: readonly ContractInvoiceJson[];
  /** Of drafts that were begun: they count, so that together nothing more is billed. */
  draftedMinor: bigint;
  /** What another invoice may bill. */
  openMinor: bigint;
  /** Stages of the estimate at what was approved, each with the invoice that stands for it. */
  stages: readonly Readonly<{ label: string; amountMinor: bigint; invoiceId: string | null }>[];
}>;

export function billingOf(
  contract: Contract | null,
  invoices: readonly ContractInvoiceJson[],
  approved: Readonly<{ plan: readonly PlanStage[] | null; chosenMinor: bigint | null }>,
): ContractBilling {
  const drafts = invoices.filter(({ state, canceled }) => state !== 'issued' && !canceled);
  const draftedMinor = drafts.reduce((sum, { totalMinor }) => sum + BigInt(totalMinor), 0n);
  const plan = approved.plan === null || approved.chosenMinor === null ? [] : planDue(approved.plan.map(stored), approved.chosenMinor);
  const stages = plan.map((stage, at) => ({ ...stage, invoiceId: invoices.find((each) => each.stage === at && !each.canceled)?.id ?? null }));
  return { invoices, draftedMinor, openMinor: contract?.stands ? contract.leftMinor - draftedMinor : 0n, stages };
}

const stored = ({ label, ratePpm, amountMinor }: PlanStage): PlanStage =>
  amountMinor === null || amountMinor === undefined ? { label, ratePpm: BigInt(ratePpm ?? 0) } : { label, amountMinor: BigInt(amountMinor) };
