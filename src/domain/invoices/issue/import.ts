import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { recordEvents } from '../../events/events.ts';
import { complete, customerOf, onlyProperty } from '../drafts/complete.ts';
import { readWritten } from '../drafts/draft-body.ts';
import { contextOf } from '../drafts/drafts.ts';
import type { Issued } from '../invoice.ts';
import { daysOf, freeze } from './freeze.ts';
import { indexIssued, issuedOf, mostAtOnce, postIssued, totalsAtIssue } from './issue.ts';
import { insertDocuments, insertFrozen, takeNumbers } from './queries.ts';

/** An invoice of the past. `opening`: it stands for what was owed before, which is no revenue of ours. `input` is unchecked, as for `createDraft`, and must say `issuedOn`; `id` makes a repeated import find it again. */
export type PastInvoice = Readonly<{ id?: string; number: string; input: unknown; opening?: boolean }>;

/** Numbers of the past live apart, so that they can neither clash with ours nor leave gaps in them. */
export const importedSeries = 'imported';

export async function importIssued(scope: Scope, importId: string, past: readonly PastInvoice[]): Promise<Issued[]> {
  if (past.length === 0) return [];
  if (past.length > mostAtOnce) throw new Refusal('invalid_input', { field: 'invoices' });
  const written = past.map((each) => readWritten(each.input));
  const context = await contextOf(scope, written);
  const frozen = past.map((each, at) => {
    const source = written[at];
    if (!source?.issuedOn) throw new Refusal('required', { field: 'issuedOn' });
    // Nothing was agreed with us about the past: it never gets fees, and no day of it is early.
    const body = { ...complete(source, context), lateFee: null, earlyDiscount: null, depositIds: [] };
    const totals = totalsAtIssue(body, context);
    const days = daysOf(body, source.issuedOn);
    const documentId = each.id ?? newId();
    const whole = freeze(body, context, totals, {
      business: scope.business,
      documentId,
      series: importedSeries,
      number: each.number,
      numberSeq: null,
      shown: false,
      imported: true,
      ...days,
    });
    return each.opening
      ? { ...whole, transfers: whole.transfers.map((transfer) => ({ ...transfer, kind: 'opening' as const, credit: 'opening' as const })) }
      : whole;
  });
  await insertDocuments(
    scope,
    frozen.map(({ body, naming, totals, customerName }) => ({
      id: naming.documentId,
      customerId: customerOf(context, body.customerId).id,
      propertyId: onlyProperty(body.lines, body.propertyId),
      language: body.language,
      customerName,
      currency: totals.currency,
      listedOn: naming.issuedOn,
    })),
    importId,
  );
  await insertFrozen(scope, frozen);
  await postIssued(scope, frozen);
  await indexIssued(scope, frozen);
  await recordEvents(
    scope,
    frozen.map(({ naming, body, totals }) => ({
      kind: 'invoice.imported' as const,
      customerId: body.customerId,
      documentId: naming.documentId,
      data: { number: naming.number, totalMinor: totals.totalMinor, currency: totals.currency },
    })),
  );
  return frozen.map((each) => issuedOf(each, context));
}

/** What a customer owed when the business began here. Amounts in minor units; `dueOn` not before `asOf`. */
export type OpeningInvoice = Readonly<{ id: string; customerId: string; asOf: string; dueOn: string; owedMinor: bigint; note: string }>;

const openingNames = new Map([
  ['es', 'Saldo inicial'],
  ['fr', 'Solde d’ouverture'],
]);
const openingLine = { propertyId: null, serviceOn: null, quantityMilli: 1000n, unit: '', discount: null, taxRateId: null } as const;

/** One hidden invoice of one untaxed line for each, numbered OB-1, OB-2 … */
export async function importOpeningInvoices(scope: Scope, importId: string, openings: readonly OpeningInvoice[]): Promise<Issued[]> {
  if (openings.length === 0) return [];
  const first = await takeNumbers(scope, 'opening', openings.length, 1);
  const context = await contextOf(
    scope,
    openings.map(({ customerId }) => readWritten({ customerId, lines: [] })),
  );
  return importIssued(
    scope,
    importId,
    openings.map(({ id, customerId, asOf, dueOn, owedMinor, note }, at) => ({
      id,
      number: `OB-${first + BigInt(at)}`,
      opening: true,
      input: {
        customerId,
        issuedOn: asOf,
        dueOn,
        ...{ terms: '', message: '', pricesIncludeTax: false },
        lines: [
          {
            ...openingLine,
            name: openingNames.get(customerOf(context, customerId).language) ?? 'Opening balance',
            description: note,
            unitPriceMilli: owedMinor * 1000n,
          },
        ],
      },
    })),
  );
}
