import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { jobStates, visitActs, visitStates } from '../../../core/visit-state.ts';
import { jobActs } from '../../../domain/jobs/job.ts';
import { draftLine, lineBody } from './drafts.ts';
import { count, currency, day, filledText, idOf, instant, minor, orNull, signedMinor, text, version } from './values.ts';

/** A job with its work list and its visits, as the office works with them. */

const who = z.strictObject({ id: idOf('customer'), name: z.string() });
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .openapi({ example: '08:00' });
const from = time.nullable().openapi({ description: 'Somebody arrives from then, in the zone of the business; null: at no hour in particular.' });
const until = time.nullable().openapi({ description: 'And until then, later on the same day.' });
const when = { day, from, until };
const address = z.strictObject({
  ...{ street: z.string(), unit: z.string(), city: z.string(), region: z.string(), postalCode: z.string(), country: z.string() },
});
const photo = z.strictObject({ id: idOf('file'), name: z.string(), mediaType: z.string(), bytes: count }).openapi('VisitPhoto');
export const visitPhoto = photo;

const visitFields = {
  id: idOf('visit'),
  version,
  jobId: idOf('job'),
  jobNumber: z.int().min(1),
  customer: who,
  propertyId: idOf('property').nullable(),
  place: z.string().openapi({ description: 'What the property is called, or its street; empty: where the customer is.' }),
  title: text(textLimits.title, 'Drain cleaning'),
  ...when,
  crew: z.array(z.strictObject({ id: idOf('staff'), name: z.string() })).openapi({ description: 'Who makes it; empty: nobody yet.' }),
  state: z.enum(visitStates),
  shown: z.boolean().openapi({ description: 'Whether the customer sees it in the portal.' }),
  customerNote: text(textLimits.message).openapi({ description: 'Said to the customer beside the day.' }),
  doneNote: text(textLimits.message).openapi({ description: 'What was done. The customer reads it.' }),
  reason: text(textLimits.reason).openapi({ description: 'Of skipping or canceling. The customer reads it.' }),
  onTheWayAt: instant.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  photos: count,
  invoice: orNull(z.strictObject({ id: idOf('invoice'), number: z.string().nullable() })).openapi({ description: 'What bills it, while that stands.' }),
};
export const visitRow = z.strictObject(visitFields).openapi('VisitRow');
export const visit = z
  .strictObject({
    ...visitFields,
    address,
    accessNotes: z.string(),
    crewNotes: z.string(),
    contact: z.strictObject({ name: z.string(), phone: z.string() }),
    files: z.array(photo),
    acts: z.array(z.enum(visitActs)).openapi({ description: 'What can be done with it now.' }),
  })
  .openapi('Visit');

const crewIds = z.array(idOf('staff')).max(20);
const visitPatchFields = {
  ...when,
  crewIds,
  title: text(textLimits.title, 'Drain cleaning').openapi({ description: 'Empty: as the job.' }),
  customerNote: text(textLimits.message),
  shown: z.boolean(),
};
export const visitPatch = z.strictObject(visitPatchFields).partial().openapi('VisitPatch');
export const visitBody = z
  .strictObject({ id: idOf('visit').optional(), ...z.strictObject(visitPatchFields).partial().shape, day })
  .openapi('VisitBody', { description: 'What is absent is as the job says; shown, as the business usually does.' });

const estimate = z.strictObject({ id: idOf('estimate'), number: z.string() });
const jobFields = {
  id: idOf('job'),
  version,
  number: z.int().min(1),
  customer: who,
  propertyId: idOf('property').nullable(),
  place: z.string(),
  title: text(textLimits.title, 'Drain cleaning'),
  poNumber: text(textLimits.poNumber),
  estimate: orNull(estimate),
  state: z.enum(jobStates),
  reason: text(textLimits.reason).openapi({ description: 'Of canceling.' }),
  totalMinor: minor.openapi({ description: 'What the work list comes to, with tax.' }),
  currency,
  createdAt: instant,
  createdBy: z.string(),
  endedAt: instant.nullable(),
};
export const jobRow = z
  .strictObject({
    ...jobFields,
    nextVisit: orNull(z.strictObject(when)),
    lastVisitOn: day.nullable(),
    visits: count.openapi({ description: 'Neither skipped nor canceled.' }),
    visitsDone: count,
    toInvoice: z.boolean().openapi({ description: 'Something on its work list is not billed.' }),
  })
  .openapi('JobRow');

const jobLine = z
  .strictObject({
    ...draftLine.shape,
    netMinor: signedMinor,
    visitId: idOf('visit').nullable().openapi({ description: 'The visit it is done on; null: none in particular.' }),
    invoiceId: idOf('invoice').nullable().openapi({ description: 'What bills it, while that stands.' }),
  })
  .openapi('JobLine');
export const job = z
  .strictObject({
    ...jobFields,
    crewNotes: text(textLimits.message).openapi({ description: 'For those who do it.' }),
    customerNotes: text(textLimits.message).openapi({ description: 'Said to the customer with each visit.' }),
    lines: z.array(jobLine),
    visits: z.array(visitRow).openapi({ description: 'By day; the first hundred.' }),
    invoices: z.array(
      z.strictObject({ id: idOf('invoice'), number: z.string().nullable(), draft: z.boolean(), totalMinor: minor, balanceMinor: minor, currency }),
    ),
    acts: z.array(z.enum(jobActs)).openapi({ description: 'What can be done with it now.' }),
    today: day,
  })
  .openapi('Job');

const workLine = z.strictObject({ ...lineBody.shape, visitId: idOf('visit').nullable().default(null) }).openapi('JobLineBody');
const lines = z.array(workLine).max(200);
const words = {
  title: filledText(textLimits.title, 'Drain cleaning'),
  crewNotes: text(textLimits.message),
  customerNotes: text(textLimits.message),
  poNumber: text(textLimits.poNumber),
};
export const jobPatch = z
  .strictObject({ ...words, lines: lines.openapi({ description: 'All that is not billed yet, in its order.' }) })
  .partial()
  .openapi('JobPatch');
export const jobBody = z
  .strictObject({
    id: idOf('job').optional(),
    customerId: idOf('customer'),
    propertyId: idOf('property').nullable().default(null),
    ...z.strictObject({ ...words, lines }).partial().shape,
    title: words.title,
  })
  .openapi('JobBody');
export const visitRules = z
  .strictObject({
    shown: z.boolean().openapi({ description: 'Customers see a visit once it is planned.' }),
    crewNamed: z.boolean().openapi({ description: 'With the first names of those who come.' }),
  })
  .openapi('VisitRules');
