import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { jobTabs } from '../../../domain/jobs/job.ts';
import { eventPage } from './events.ts';
import { invoice } from './invoice.ts';
import { job, jobBody, jobPatch, jobRow, visit, visitBody } from './job.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { idOf, text } from './values.ts';

/** Jobs: what is to be done for a customer, when, and what is to be billed of it. */

const tag = 'Jobs';
const read = { tag, access: 'jobs:read', status: 200 } as const;
const write = { tag, access: 'jobs:write', status: 200 } as const;
const jobId = z.strictObject({ jobId: idOf('job') });
const at = '/jobs/{jobId}' as const;

export const jobOperations = operations({
  listJobs: {
    ...read,
    method: 'get',
    path: '/jobs',
    summary: 'Jobs, the newest first',
    query: z.strictObject({
      tab: z.enum(jobTabs).optional(),
      customerId: idOf('customer').optional(),
      propertyId: idOf('property').optional(),
      q: text(limits.searchQuery).optional().openapi({ description: 'Title, number, customer.' }),
      ...pageQuery,
    }),
    answer: pageOf('JobPage', jobRow),
  },
  createJob: { ...write, method: 'post', path: '/jobs', summary: 'Begin a job', body: jobBody, status: 201, answer: job },
  readJob: { ...read, method: 'get', path: at, summary: 'One job, its visits and its invoices', params: jobId, answer: job },
  changeJob: {
    ...write,
    method: 'patch',
    path: at,
    ifMatch: true,
    summary: 'Change what is said of it or what is to be done',
    params: jobId,
    body: jobPatch,
    answer: job,
  },
  closeJob: { ...write, method: 'post', path: `${at}/close`, summary: 'Say that it is done', params: jobId, answer: job },
  cancelJob: {
    ...write,
    method: 'post',
    path: `${at}/cancel`,
    summary: 'Call it off, with its visits ahead',
    params: jobId,
    body: z.strictObject({ reason: text(textLimits.reason).default('') }).openapi('CancelJob'),
    answer: job,
  },
  reopenJob: { ...write, method: 'post', path: `${at}/reopen`, summary: 'Take it up again', params: jobId, answer: job },
  invoiceJob: {
    ...write,
    method: 'post',
    path: `${at}/invoice`,
    summary: 'Begin an invoice for what is not billed yet',
    description: 'Each line carries the day of its visit. A job of an estimate is billed by the invoice of that estimate. Needs invoices:write too.',
    params: jobId,
    body: z
      .strictObject({ visitIds: z.array(idOf('visit')).min(1).max(100).optional().openapi({ description: 'What these visits did; absent: all of it.' }) })
      .openapi('InvoiceJob'),
    status: 201,
    answer: invoice,
  },
  planVisit: { ...write, method: 'post', path: `${at}/visits`, summary: 'Plan a visit', params: jobId, body: visitBody, status: 201, answer: visit },
  makeJobOfEstimate: {
    ...write,
    method: 'post',
    path: '/estimates/{estimateId}/job',
    summary: 'Turn an approved estimate into a job, once',
    params: z.strictObject({ estimateId: idOf('estimate') }),
    status: 201,
    answer: job,
  },
  jobTimeline: {
    ...read,
    method: 'get',
    path: `${at}/timeline`,
    summary: 'What happened to it, newest first',
    params: jobId,
    query: z.strictObject(pageQuery),
    answer: eventPage,
  },
});
