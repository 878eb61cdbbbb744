import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { count, currency, day, idOf, quantityMilli, ratePpm, sumMinor } from './values.ts';

/** What a business asks its books: who owes, what comes, what was sold, how fast it is paid, what the portal did. */

const month = z.string().openapi({ description: 'A month of the calendar.', example: '2026-11' });
const frame = { currency: currency.openapi({ description: 'Every amount is in it; invoices in another currency are left out.' }), today: day };
const period = { from: day, to: day };
const asked = {
  from: day.optional().openapi({ description: 'The first day; twelve months back if left out.' }),
  to: day.optional().openapi({ description: 'The last day; today if left out.' }),
};
const customer = z.strictObject({ id: idOf('customer'), name: z.string() });
const salesView = z.enum(['month', 'customer', 'property', 'item']);

export const agingRow = z
  .strictObject({
    customer,
    invoices: count,
    oldestDueOn: day,
    notDueMinor: sumMinor,
    days30Minor: sumMinor,
    days60Minor: sumMinor,
    days90Minor: sumMinor,
    over90Minor: sumMinor,
    balanceMinor: sumMinor,
    onItsWayMinor: sumMinor,
    inQuestionMinor: sumMinor,
    heldBackMinor: sumMinor,
    creditMinor: sumMinor,
  })
  .openapi('AgingRow', { description: 'Processing, announced and questioned money is of the balance, never taken off it.' });
const salesRow = z
  .strictObject({
    key: z.string().openapi({ description: 'The month, or the id of customer, property or item; empty for what belongs to none.' }),
    name: z.string(),
    detail: z.string(),
    invoices: count,
    netMinor: sumMinor,
    taxMinor: sumMinor,
    quantityMilli: quantityMilli.nullable(),
  })
  .openapi('SalesRow');
const salesTotal = z
  .strictObject({
    invoices: count,
    netMinor: sumMinor,
    taxMinor: sumMinor,
    totalMinor: sumMinor,
    creditedMinor: sumMinor,
    exemptMinor: sumMinor,
    leftOut: count.openapi({ description: 'Invoices of the period in another currency.' }),
  })
  .openapi('SalesTotal');
const paceFields = { invoices: count, medianDays: count, onTime: count };
const tag = 'Reports';
const common = { method: 'get', tag, access: 'reports:read', status: 200 } as const;

export const reportOperations = operations({
  readAging: {
    ...common,
    path: '/reports/aging',
    summary: 'Who owes how much, by how late it is',
    answer: z.strictObject({ ...frame, rows: z.array(agingRow) }).openapi('AgingReport'),
  },
  readComing: {
    ...common,
    path: '/reports/coming',
    summary: 'What falls due in the next 7 and 30 days',
    answer: z
      .strictObject({
        ...frame,
        until: day,
        in7Minor: sumMinor,
        in30Minor: sumMinor,
        overdueMinor: sumMinor,
        overdueInvoices: count,
        onItsWayMinor: sumMinor,
        inQuestionMinor: sumMinor,
        rows: z.array(z.strictObject({ on: day, amountMinor: sumMinor, invoices: count })),
      })
      .openapi('ComingReport'),
  },
  readPaid: {
    ...common,
    path: '/reports/paid',
    summary: 'Money received, by month and way to pay',
    query: z.strictObject(asked),
    answer: z
      .strictObject({
        ...frame,
        ...period,
        rows: z.array(z.strictObject({ month, method: z.string(), online: z.boolean(), amountMinor: sumMinor, payments: count })),
      })
      .openapi('PaidReport'),
  },
  readTips: {
    ...common,
    path: '/reports/tips',
    summary: 'Tips by month and crew',
    description: 'As the books have them: by the month a tip came or went back. They are in no other report.',
    query: z.strictObject(asked),
    answer: z
      .strictObject({
        ...frame,
        ...period,
        rows: z.array(
          z.strictObject({
            month,
            crew: z
              .strictObject({ id: idOf('staff'), name: z.string() })
              .nullable()
              .openapi({ description: 'Who of the crew made the invoice; null where the office did.' }),
            tips: count.openapi({ description: 'How many came.' }),
            amountMinor: sumMinor,
            backMinor: sumMinor.openapi({ description: 'Given back, returned or taken by a chargeback.' }),
          }),
        ),
      })
      .openapi('TipsReport'),
  },
  readSales: {
    ...common,
    path: '/reports/sales',
    summary: 'What was billed, by month, customer, property or item',
    description: 'Issued and not canceled, without tax, after discounts. By item, tax is not told: `taxMinor` is 0.',
    query: z.strictObject({ ...asked, by: salesView.optional().openapi({ description: '`month` if left out.' }) }),
    answer: z.strictObject({ ...frame, ...period, by: salesView, total: salesTotal, rows: z.array(salesRow) }).openapi('SalesReport'),
  },
  readTaxes: {
    ...common,
    path: '/reports/taxes',
    summary: 'Tax on what was billed, by rate and authority',
    query: z.strictObject(asked),
    answer: z
      .strictObject({
        ...frame,
        ...period,
        total: salesTotal,
        untaxedMinor: sumMinor,
        rows: z.array(z.strictObject({ taxRateId: idOf('taxRate'), name: z.string(), ratePpm, invoices: count, taxableMinor: sumMinor, taxMinor: sumMinor })),
        authorities: z.array(z.strictObject({ name: z.string(), ratePpm, taxableMinor: sumMinor, taxMinor: sumMinor })),
      })
      .openapi('TaxReport'),
  },
  readPace: {
    ...common,
    path: '/reports/days-to-pay',
    summary: 'How long customers take to pay',
    description: 'Counted from the day of the invoice to the day the last payment was started.',
    query: z.strictObject(asked),
    answer: z
      .strictObject({
        ...frame,
        ...period,
        total: z.strictObject(paceFields),
        months: z.array(z.strictObject({ month, ...paceFields })),
        customers: z.array(z.strictObject({ customer, invoices: count, medianDays: count, late: count })),
      })
      .openapi('PaceReport'),
  },
  readPortalUse: {
    ...common,
    path: '/reports/portal',
    summary: 'What customers did in the portal by themselves',
    description: 'Outside office hours: before 8 and from 18 o’clock, and on Saturday and Sunday, in the business’s time zone.',
    query: z.strictObject(asked),
    answer: z
      .strictObject({
        ...frame,
        ...period,
        months: z.array(
          z.strictObject({
            month,
            sent: count,
            opened: count,
            paid: count,
            payments: count,
            amountMinor: sumMinor,
            online: count,
            onlineMinor: sumMinor,
            outsideHours: count,
            questions: count,
          }),
        ),
      })
      .openapi('PortalUseReport'),
  },
  downloadReport: {
    ...common,
    path: '/reports/{report}/csv',
    summary: 'A report as a CSV file',
    params: z.strictObject({ report: z.enum(['aging', 'coming', 'paid', 'tips', 'sales', 'taxes', 'days-to-pay', 'portal']) }),
    query: z.strictObject({ ...asked, by: salesView.optional() }),
    answer: { contentType: 'text/csv', description: 'The rows of the report; amounts as plain decimals.' },
  },
});
