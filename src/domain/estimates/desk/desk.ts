import { todayIn } from '../../../core/calendar.ts';
import { type EstimateNow, whyNot } from '../../../core/estimate-state.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { parseStored } from '../../invoices/stored.ts';
import { may } from '../../people/rights.ts';
import { billingOf, type ContractBilling } from '../contract/billing.ts';
import { type ChangeOrder, type Contract, changeOrdersOf, contractOf } from '../contract/contract.ts';
import type { EstimateStanding } from '../estimate.ts';
import { standingOf } from '../view/view.ts';
import { type DeskJson, selectDesk } from './queries.ts';

/** What the office may do with an estimate, in the order it offers it. */
export const officeActs = [
  'edit',
  'discard',
  'issue',
  'send',
  'resend',
  'show',
  'link',
  'revise',
  'extend',
  'withdraw',
  'duplicate',
  'invoice',
  'bill',
  'job',
  'amend',
] as const;
export type OfficeAct = (typeof officeActs)[number];

/** One estimate or draft as the office works with it, beside what it says. */
export type EstimateDesk = Omit<DeskJson, 'timeZone' | 'standing' | 'contract' | 'changeOrders' | 'invoices' | 'plan'> &
  Readonly<{
    standing: EstimateStanding;
    contract: Contract | null;
    changeOrders: readonly ChangeOrder[];
    billing: ContractBilling;
    today: string;
    acts: readonly OfficeAct[];
  }>;

/** Refuses `not_found`. */
export async function readDesk(scope: Scope, documentId: string): Promise<EstimateDesk> {
  const json = await selectDesk(scope, documentId);
  if (json === null) throw new Refusal('not_found');
  const { timeZone, standing: row, contract: kept, changeOrders, invoices, plan, ...found } = parseStored<DeskJson>(json);
  const today = todayIn(timeZone, scope.now);
  const standing = standingOf(row, today);
  const contract = contractOf(kept);
  const billing = billingOf(contract, invoices, { plan, chosenMinor: standing.chosenMinor });
  const acts = await actsOf(scope, { ...found, ...standing, openMinor: billing.openMinor });
  return { ...found, standing, contract, changeOrders: changeOrdersOf(changeOrders, today), billing, today, acts };
}

type Stands = Readonly<{
  now: EstimateNow;
  shown: boolean;
  sentAt: string | null;
  invoiceId: string | null;
  chosenMinor: bigint | null;
  amends: unknown;
  job: unknown;
  openMinor: bigint;
}>;

async function actsOf(scope: Scope, { now, shown, sentAt, invoiceId, chosenMinor, amends, job, openMinor }: Stands): Promise<OfficeAct[]> {
  if (!(await may(scope, 'estimates:write'))) return [];
  const draft = now === 'draft';
  const open = !draft && now !== 'replaced' && now !== 'withdrawn' && now !== 'expired';
  const bills = whyNot(now, 'invoice') === null && (await may(scope, 'invoices:write'));
  const allowed: Readonly<Record<OfficeAct, boolean>> = {
    edit: draft,
    discard: draft,
    issue: draft,
    send: draft || (now === 'sent' && sentAt === null),
    resend: open && sentAt !== null,
    show: open && !shown,
    link: open,
    revise: whyNot(now, 'revise') === null,
    extend: whyNot(now, 'extend') === null,
    withdraw: whyNot(now, 'withdraw') === null,
    duplicate: true,
    // A change order that takes away is billed with its contract.
    invoice: bills && invoiceId === null && (chosenMinor ?? 0n) > 0n && (chosenMinor ?? 0n) <= openMinor,
    bill: bills && amends === null && openMinor > 0n,
    job: whyNot(now, 'invoice') === null && job === null && amends === null && (await may(scope, 'jobs:write')),
    amend: whyNot(now, 'amend') === null && amends === null,
  };
  return officeActs.filter((act) => allowed[act]);
}
