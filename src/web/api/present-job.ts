import type { z } from '@hono/zod-openapi';
import { noAddress } from '../../core/address.ts';
import { publicId } from '../../core/ids.ts';
import type { JobView, ListedJob, Visit, VisitPhoto, VisitView } from '../../domain/jobs/job.ts';
import { idOrNull, plain } from './present.ts';
import { presentDraftLine } from './present-invoice.ts';
import type { fieldOperations } from './schemas/field.ts';
import type { job, jobRow, visit, visitPhoto, visitRow } from './schemas/job.ts';

export function presentPhoto({ id, name, mediaType, bytes }: VisitPhoto): z.input<typeof visitPhoto> {
  return { id: publicId('file', id), name, mediaType, bytes };
}

export function presentVisitRow(of: Visit): z.input<typeof visitRow> {
  const { version, jobNumber, place, title, day, from, until, state, shown, customerNote, doneNote, reason, onTheWayAt, startedAt, endedAt, photos } = of;
  return {
    ...{ id: publicId('visit', of.id), version, jobId: publicId('job', of.jobId), jobNumber },
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    ...{ propertyId: idOrNull('property', of.propertyId), place, title, day, from, until },
    crew: of.crew.map(({ id, name }) => ({ id: publicId('staff', id), name })),
    ...{ state, shown, customerNote, doneNote, reason, onTheWayAt, startedAt, endedAt, photos },
    invoice: of.invoice === null ? null : { id: publicId('invoice', of.invoice.id), number: of.invoice.number },
  };
}

export function presentVisit(of: VisitView): z.input<typeof visit> {
  const { accessNotes, crewNotes, contact, acts } = of;
  return {
    ...presentVisitRow(of),
    address: { ...noAddress, ...of.address },
    accessNotes,
    crewNotes,
    contact,
    files: of.files.map(presentPhoto),
    acts: [...acts],
  };
}

type Said = Omit<JobView, 'lines' | 'visits' | 'invoices' | 'acts' | 'today' | 'crewNotes' | 'customerNotes'>;

function said(of: Said) {
  const { version, number, place, title, poNumber, estimate, state, reason, totalMinor, currency, createdAt, createdBy, endedAt } = of;
  return {
    ...{ id: publicId('job', of.id), version, number, place, title, poNumber, state, reason, currency, createdAt, createdBy, endedAt },
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    propertyId: idOrNull('property', of.propertyId),
    estimate: estimate === null ? null : { id: publicId('estimate', estimate.id), number: estimate.number },
    totalMinor: plain(totalMinor),
  };
}

export function presentJobRow(of: ListedJob): z.input<typeof jobRow> {
  const { nextVisit, lastVisitOn, visits, visitsDone, toInvoice } = of;
  return { ...said(of), nextVisit, lastVisitOn, visits, visitsDone, toInvoice };
}

export function presentJob(of: JobView): z.input<typeof job> {
  const { crewNotes, customerNotes, acts, today } = of;
  return {
    ...{ ...said(of), crewNotes, customerNotes, acts: [...acts], today },
    lines: of.lines.map(({ line, netMinor, visitId, invoiceId }) => ({
      ...presentDraftLine(line),
      ...{ netMinor: plain(netMinor), visitId: idOrNull('visit', visitId), invoiceId: idOrNull('invoice', invoiceId) },
    })),
    visits: of.visits.map(presentVisitRow),
    invoices: of.invoices.map(({ id, totalMinor, balanceMinor, ...rest }) => ({
      ...{ id: publicId('invoice', id), totalMinor: plain(totalMinor), balanceMinor: plain(balanceMinor), ...rest },
    })),
  };
}

/** A visit as the crew sees it: nothing of prices, and what they may say of it. */
export function presentCrewVisit(of: VisitView): z.input<typeof fieldOperations.fieldStartVisit.answer> {
  const { day, from, until, title, state, place, accessNotes, crewNotes, contact, doneNote } = of;
  return {
    ...{ id: publicId('visit', of.id), day, from, until, title, state, place, accessNotes, crewNotes, contact, doneNote },
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    propertyId: idOrNull('property', of.propertyId),
    address: { ...noAddress, ...of.address },
    files: of.files.map(({ id, name }) => ({ id: publicId('file', id), name })),
    acts: [...of.acts],
  };
}
