import { z } from '@hono/zod-openapi';
import { installmentStates } from '../../../core/installments.ts';
import { invoiceStatuses } from '../../../core/settlement.ts';
import { earlyDiscount, lateFee } from './charge-rules.ts';
import { customerKind } from './customers.ts';
import { draft } from './drafts.ts';
import {
  count,
  currency,
  day,
  discount,
  idOf,
  instant,
  language,
  minor,
  orNull,
  quantityMilli,
  ratePpm,
  signedMinor,
  sumMinor,
  unitPriceMilli,
  version,
} from './values.ts';

/** One invoice as the office sees it, and the row it is in a list. */

export const invoiceStatus = z.enum(invoiceStatuses);
export const need = z.enum([
  'question',
  'mail_bounced',
  'payment_returned',
  'payment_disputed',
  'autopay_failed',
  'refund_waiting',
  'refund_failed',
  'payment_announced',
  'schedule_failed',
  'crew_ready',
  'not_sent',
  'overdue',
  'payment_unknown',
]);
export const delivery = z.enum(['none', 'queued', 'sent', 'bounced']);
export const purpose = z.enum(['bill', 'late_fee', 'deposit']).openapi({ description: 'Work, a fee for paying late, or money asked for ahead.' });
const invoiceRef = z.strictObject({ id: idOf('invoice'), number: z.string() });

export const standing = z
  .strictObject({
    totalMinor: minor,
    creditedMinor: minor,
    discountedMinor: minor.openapi({ description: 'Of credited: granted for paying early.' }),
    depositMinor: minor.openapi({ description: 'Of credited: deposits applied.' }),
    paidMinor: minor,
    balanceMinor: minor,
    dueNowMinor: minor,
    dueLaterMinor: minor,
    onItsWayMinor: minor,
    inQuestionMinor: minor,
    heldBackMinor: minor,
    overdueMinor: minor.openapi({ description: 'Of due now; never added to it.' }),
    payableMinor: minor.openapi({ description: 'The most a payment may be right now.' }),
    early: z
      .strictObject({ payMinor: minor, untilOn: day, saveMinor: minor })
      .nullable()
      .openapi({ description: 'While paying the whole at once costs less: how much, until when, what it saves.' }),
    installments: z
      .array(
        z.strictObject({
          dueOn: day,
          amountMinor: minor,
          openMinor: minor.openapi({ description: 'Neither settled nor on its way.' }),
          state: z.enum(installmentStates),
        }),
      )
      .nullable()
      .openapi({ description: 'What it is paid in, oldest first; what was settled closes them in this order. null: paid as one.' }),
    daysLate: count,
    daysLeft: count.nullable(),
  })
  .openapi('Standing', { description: 'total − credits − paid = balance = due now + due later + on its way + in question + held back.' });

export const invoiceRow = z
  .strictObject({
    id: idOf('invoice'),
    version,
    number: z.string().nullable(),
    purpose,
    status: invoiceStatus,
    customer: z.strictObject({ id: idOf('customer'), name: z.string() }).nullable(),
    poNumber: z.string(),
    listedOn: day.openapi({ description: 'Day of the invoice, or the day a draft was begun.' }),
    dueOn: day.nullable(),
    currency,
    totalMinor: minor,
    balanceMinor: minor,
    daysLate: count,
    daysLeft: count.nullable(),
    onItsWayMinor: minor,
    inQuestionMinor: minor,
    needs: z.array(need).openapi({ description: 'What waits for the office.' }),
    delivery,
    shown: z.boolean(),
    openedAt: instant.nullable().openapi({ description: 'When a person, not a scanner, first opened it.' }),
    imported: z.boolean(),
  })
  .openapi('InvoiceRow');

export const paperAmounts = { subtotalMinor: signedMinor, discountMinor: signedMinor, netMinor: signedMinor, taxMinor: signedMinor, totalMinor: signedMinor };
export const totals = z
  .strictObject({
    currency,
    ...paperAmounts,
    lines: z.array(z.strictObject({ id: idOf('line'), grossMinor: signedMinor, discountMinor: signedMinor, netMinor: signedMinor })),
    taxes: z.array(z.strictObject({ taxRateId: idOf('taxRate'), name: z.string(), ratePpm, taxableMinor: signedMinor, taxMinor: signedMinor })),
    parts: z.array(z.strictObject({ propertyId: idOf('property').nullable(), title: z.string(), ...paperAmounts })),
  })
  .openapi('Totals');

export const paperPart = z.strictObject({
  id: idOf('part'),
  propertyId: idOf('property').nullable(),
  title: z.string(),
  address: z.string().nullable(),
  ...paperAmounts,
});
export const paperLine = z.strictObject({
  id: idOf('line'),
  partId: idOf('part').nullable(),
  itemId: idOf('item').nullable(),
  name: z.string(),
  description: z.string(),
  serviceOn: day.nullable(),
  quantityMilli,
  unit: z.string(),
  unitPriceMilli,
  discount: orNull(discount),
  grossMinor: signedMinor,
  discountMinor: signedMinor,
  netMinor: signedMinor,
  taxName: z.string().nullable(),
});
export const paperTax = z.strictObject({
  name: z.string(),
  ratePpm,
  taxableMinor: signedMinor,
  taxMinor: signedMinor,
  components: z.array(z.strictObject({ name: z.string(), ratePpm, taxMinor: signedMinor })),
});
export const paymentMethod = z.enum(['card', 'bank', 'check', 'cash', 'transfer', 'other']);
export const paymentState = z.enum(['initiated', 'pending', 'cleared', 'failed', 'unknown', 'expired', 'returned', 'reversed', 'refunded', 'disputed']);
const payment = z.strictObject({
  id: idOf('payment'),
  day,
  method: paymentMethod,
  methodLabel: z.string(),
  amountMinor: minor,
  state: paymentState,
  receiptNumber: z.string().nullable(),
});
export const attachment = z.strictObject({ id: idOf('file'), name: z.string(), mediaType: z.string(), bytes: count }).openapi('Attachment');

/** The frozen paper: everything as it was at issue. */
const paper = z
  .strictObject({
    billTo: z.strictObject({ name: z.string(), company: z.string().nullable(), addressLines: z.array(z.string()) }),
    ...paperAmounts,
    discount: orNull(discount),
    pricesIncludeTax: z.boolean(),
    taxExempt: z.boolean(),
    parts: z.array(paperPart),
    lines: z.array(paperLine),
    taxes: z.array(paperTax),
    poNumber: z.string(),
    workOrderNumber: z.string(),
    terms: z.string(),
    message: z.string(),
    internalNote: z.string(),
    installments: z.array(z.strictObject({ dueOn: day, amountMinor: minor })).openapi({ description: 'As agreed when it was issued; none: paid as one.' }),
    lateFee: orNull(lateFee),
    early: orNull(z.strictObject({ ...earlyDiscount.shape, untilOn: day, saveMinor: minor })),
    deposits: z.array(z.strictObject({ id: idOf('invoice'), number: z.string(), amountMinor: minor })).openapi({ description: 'Taken off as it was issued.' }),
  })
  .openapi('Paper');

const lateFeeCharged = z.strictObject({
  id: idOf('invoice'),
  number: z.string().nullable(),
  amountMinor: minor,
  chargedOn: day,
  state: z.enum(['draft', 'open', 'paid', 'canceled', 'thrown_away']),
});

export const invoiceAct = z.enum([
  'edit',
  'discard',
  'issue',
  'send',
  'resend',
  'show',
  'void',
  'replace',
  'duplicate',
  'record_payment',
  'link',
  'close',
  'reopen',
  'credit',
  'installments',
]);

export const invoice = z
  .strictObject({
    id: idOf('invoice'),
    version,
    status: invoiceStatus,
    number: z.string().nullable(),
    purpose,
    about: orNull(invoiceRef).openapi({ description: 'The invoice a late fee is charged for.' }),
    customer: z
      .strictObject({ id: idOf('customer'), name: z.string(), company: z.string(), kind: customerKind, poRequired: z.boolean(), taxExempt: z.boolean() })
      .nullable(),
    language,
    currency,
    issuedOn: day.nullable(),
    dueOn: day.nullable(),
    createdAt: instant,
    updatedAt: instant,
    updatedBy: z.string(),
    imported: z.boolean(),
    shown: z.boolean().openapi({ description: 'The customer can see it.' }),
    standing,
    needs: z.array(need),
    acts: z.array(invoiceAct).openapi({ description: 'What the caller may do with it now.' }),
    canceled: z.strictObject({ on: day, reason: z.string() }).nullable(),
    lateFees: z.array(lateFeeCharged).openapi({ description: 'Charged for paying this one late.' }),
    nextFeeOn: day.nullable().openapi({ description: 'The next day a late fee is judged; null: none any more.' }),
    replacedBy: orNull(invoiceRef),
    replaces: orNull(invoiceRef),
    returned: z.boolean(),
    announced: z.strictObject({ amountMinor: sumMinor, expectedOn: day }).nullable(),
    delivery,
    sentAt: instant.nullable(),
    lastMailedAt: instant.nullable(),
    openedAt: instant.nullable(),
    draft: orNull(draft).openapi({ description: 'While it is one.' }),
    totals: orNull(totals).openapi({ description: 'Of the draft as last saved.' }),
    paper: orNull(paper).openapi({ description: 'Once issued; never changes.' }),
    payments: z.array(payment),
    attachments: z.array(attachment),
  })
  .openapi('Invoice');
