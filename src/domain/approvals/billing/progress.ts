import type { Locale } from '../../../core/locale.ts';
import { formatMoney, formatRate } from '../../../core/money-format.ts';
import { type ContractBill, progressLines, shareOfContract } from '../../../core/progress.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scope } from '../../../db/scope.ts';
import { contentOf, type Made } from '../../estimates/estimates.ts';
import type { Draft } from '../../invoices/invoice.ts';
import { createDraft } from '../../invoices/invoices.ts';
import { madeOf } from '../deciding/press.ts';
import { type Approved, approvedOf, keepInvoice, makeInvoice, type Room, roomOf } from './billing.ts';
import { selectApprovedChanges, selectStageInvoice, setRetainage } from './queries.ts';

/**
 * A draft that bills so much of the contract: never more than is left of it, drafts counted. A stage is billed once. Each line stands for a property
 * and a rate of the contract with its tax in the price, so that the invoice comes to exactly the amount.
 */
export async function billContract(scope: Scope, documentId: string, bill: ContractBill, retainagePpm: number | undefined): Promise<Draft> {
  if (retainagePpm !== undefined) await agreeRetainage(scope, documentId, retainagePpm);
  if (bill.kind === 'whole') return makeInvoice(scope, documentId);
  const approved = await approvedOf(scope, documentId);
  const { standing, approval, made } = approved;
  if (standing.amendsId !== null) throw new Refusal('change_billed_whole');
  const room = await roomOf(scope, standing);
  const amountMinor = await amountOf(scope, approved, room, bill);
  if (amountMinor <= 0n || room.leftMinor <= 0n) throw new Refusal('nothing_left_to_bill');
  if (amountMinor > room.leftMinor) throw new Refusal('over_contract', { leftMinor: room.leftMinor, currency: room.currency });
  const content = await contentOf(scope, documentId);
  const papers = [made.totals.parts];
  for (const change of await selectApprovedChanges(scope, room.id)) papers.push((await madeOf(scope, change.documentId, change.choices)).totals.parts);
  const lines = progressLines(amountMinor, papers);
  const { customerId, language, recipients, terms, message } = content;
  const draft = await createDraft(scope, {
    ...{ customerId, propertyId: standing.propertyId, language, recipients, message, discount: null },
    ...(terms === '' ? {} : { terms }),
    pricesIncludeTax: lines.some(({ taxRateId }) => taxRateId !== null),
    poNumber: approval.poNumber,
    depositIds: standing.depositInvoiceId === null ? null : [standing.depositInvoiceId],
    internalNote: [content.internalNote, `Estimate ${standing.number}`].filter((text) => text !== '').join('\n'),
    lines: lines.map((line, at) => ({
      name: nameOf(bill, made, room, language),
      description: at === 0 ? standingText(room, language) : '',
      ...{ quantityMilli: 1000n, unitPriceMilli: line.amountMinor * 1000n, propertyId: line.part, taxRateId: line.taxRateId },
    })),
  });
  await keepInvoice(scope, approved, room.id, draft, bill);
  return draft;
}

/** The share of this and later invoices of the contract that is held back. */
async function agreeRetainage(scope: Scope, documentId: string, ratePpm: number): Promise<void> {
  const { standing } = await approvedOf(scope, documentId);
  const { id } = await roomOf(scope, standing);
  await setRetainage(scope, id, ratePpm);
}

async function amountOf(scope: Scope, { made }: Approved, room: Room, bill: Exclude<ContractBill, { kind: 'whole' }>): Promise<bigint> {
  if (bill.kind === 'amount') return bill.amountMinor;
  if (bill.kind === 'percent') return shareOfContract(room.contractMinor, bill.ratePpm);
  if (bill.kind !== 'stage') return room.leftMinor;
  const stage = made.plan?.[bill.stage];
  if (!stage) throw new Refusal('stage_unknown', { field: 'stage' });
  const invoiceId = await selectStageInvoice(scope, room.id, bill.stage);
  if (invoiceId !== null) throw new Refusal('stage_invoiced', { invoiceId });
  return stage.amountMinor;
}

const words = {
  en: { share: (rate: string, of: string) => `${rate} of ${of}`, part: (of: string) => `Part of ${of}`, rest: (of: string) => `Rest of ${of}` },
  es: { share: (rate: string, of: string) => `${rate} de ${of}`, part: (of: string) => `Parte de ${of}`, rest: (of: string) => `Resto de ${of}` },
  fr: { share: (rate: string, of: string) => `${rate} de ${of}`, part: (of: string) => `Partie de ${of}`, rest: (of: string) => `Solde de ${of}` },
} as const;

function nameOf(bill: ContractBill, { plan }: Made, { number }: Room, language: Locale): string {
  if (bill.kind === 'stage') return plan?.[bill.stage]?.label ?? '';
  if (bill.kind === 'percent') return words[language].share(formatRate(bill.ratePpm, language), number);
  return bill.kind === 'amount' ? words[language].part(number) : words[language].rest(number);
}

const told = {
  en: (contract: string, billed: string) => `Contract to date ${contract}, billed before ${billed}`,
  es: (contract: string, billed: string) => `Contrato a la fecha ${contract}, facturado antes ${billed}`,
  fr: (contract: string, billed: string) => `Contrat à ce jour ${contract}, déjà facturé ${billed}`,
} as const;

function standingText({ contractMinor, leftMinor, currency }: Room, language: Locale): string {
  const money = (minor: bigint): string => formatMoney(minor, currency, language, { homeCurrency: currency });
  return told[language](money(contractMinor), money(contractMinor - leftMinor));
}
