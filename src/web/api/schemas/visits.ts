import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { visit, visitPatch, visitPhoto, visitRow, visitRules } from './job.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { day, filledText, idOf, queryFlag, text } from './values.ts';

/** Visits: who is where on which day, and what was done there. */

const tag = 'Visits';
const read = { tag, access: 'jobs:read', status: 200 } as const;
const write = { tag, access: 'jobs:write', status: 200 } as const;
const visitId = z.strictObject({ visitId: idOf('visit') });
const photoAt = z.strictObject({ visitId: idOf('visit'), fileId: idOf('file') });
const at = '/visits/{visitId}' as const;
const why = z.strictObject({ reason: text(textLimits.reason).default('').openapi({ description: 'The customer reads it.' }) }).openapi('VisitReason');

export const visitOperations = operations({
  listVisits: {
    ...read,
    method: 'get',
    path: '/visits',
    summary: 'Visits by day',
    query: z.strictObject({
      from: day.optional(),
      to: day.optional(),
      staffId: idOf('staff').optional(),
      unassigned: queryFlag.optional().openapi({ description: 'Those that nobody makes yet.' }),
      customerId: idOf('customer').optional(),
      propertyId: idOf('property').optional(),
      jobId: idOf('job').optional(),
      order: z.enum(['soonest', 'newest']).optional(),
      ...pageQuery,
    }),
    answer: pageOf('VisitPage', visitRow),
  },
  readVisit: { ...read, method: 'get', path: at, summary: 'One visit', params: visitId, answer: visit },
  changeVisit: {
    ...write,
    method: 'patch',
    path: at,
    ifMatch: true,
    summary: 'Move a visit, give it to others, show or hide it',
    params: visitId,
    body: visitPatch,
    answer: visit,
  },
  setOffForVisit: { ...write, method: 'post', path: `${at}/on-the-way`, summary: 'Say that somebody is on the way', params: visitId, answer: visit },
  startVisit: { ...write, method: 'post', path: `${at}/start`, summary: 'Say that it began', params: visitId, answer: visit },
  finishVisit: {
    ...write,
    method: 'post',
    path: `${at}/finish`,
    summary: 'Say that it is done; the last one open ends its job',
    params: visitId,
    body: z
      .strictObject({ note: text(textLimits.message).default('').openapi({ description: 'What was done. The customer reads it.' }) })
      .openapi('FinishVisit'),
    answer: visit,
  },
  skipVisit: { ...write, method: 'post', path: `${at}/skip`, summary: 'Leave it out', params: visitId, body: why, answer: visit },
  cancelVisit: { ...write, method: 'post', path: `${at}/cancel`, summary: 'Call it off', params: visitId, body: why, answer: visit },
  reopenVisit: { ...write, method: 'post', path: `${at}/reopen`, summary: 'Plan it again', params: visitId, answer: visit },
  addVisitPhoto: {
    ...write,
    method: 'post',
    path: `${at}/photos`,
    summary: 'Add a photo',
    params: visitId,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'sink.jpg') }),
    upload: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: limits.attachmentBytes },
    status: 201,
    answer: visitPhoto,
  },
  readVisitPhoto: {
    ...read,
    method: 'get',
    path: `${at}/photos/{fileId}`,
    summary: 'A photo',
    params: photoAt,
    answer: { contentType: 'image/*', description: 'The picture, drawn anew when it came.' },
  },
  removeVisitPhoto: { ...write, method: 'delete', path: `${at}/photos/{fileId}`, summary: 'Take a photo off', params: photoAt, status: 204, answer: null },
  readVisitRules: {
    ...{ method: 'get', path: '/visit-rules', tag, access: 'settings:read', summary: 'What customers see of visits', status: 200 },
    answer: visitRules,
  },
  changeVisitRules: {
    ...{
      method: 'patch',
      path: '/visit-rules',
      tag,
      access: 'settings:write',
      summary: 'Change what customers see of visits planned from now on',
      status: 200,
    },
    body: visitRules.partial().openapi('VisitRulesPatch'),
    answer: visitRules,
  },
});
