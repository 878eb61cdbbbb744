import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { attachment } from './invoice.ts';
import { link } from './links.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { mailPreview, mailPreviewQuery, recipients } from './sending.ts';
import { filledText, idOf } from './values.ts';

/** What goes with an estimate, and who can open it. */

const { invoiceId: _of, ...linkFields } = link.shape;
export const estimateLink = z.strictObject({ ...linkFields, estimateId: idOf('estimate') }).openapi('EstimateLink');
const linkAddress = z.strictObject({ url: z.string().openapi({ format: 'uri' }), link: estimateLink }).openapi('EstimateLinkAddress');

const estimateId = z.strictObject({ estimateId: idOf('estimate') });
const fileAt = z.strictObject({ estimateId: idOf('estimate'), fileId: idOf('file') });
const linkAt = z.strictObject({ estimateId: idOf('estimate'), linkId: idOf('link') });
const tag = 'Estimates';
const read = { tag, access: 'estimates:read', status: 200 } as const;
const write = { tag, access: 'estimates:write', status: 200 } as const;
const at = '/estimates/{estimateId}' as const;

export const estimateSharingOperations = operations({
  addEstimateFile: {
    ...write,
    method: 'post',
    path: `${at}/attachments`,
    summary: 'Attach a photo or PDF to a draft',
    params: estimateId,
    query: z.strictObject({ name: filledText(textLimits.fileName, 'kitchen.jpg') }),
    upload: { types: ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'], maxBytes: limits.attachmentBytes },
    status: 201,
    answer: attachment,
  },
  readEstimateFile: {
    ...read,
    method: 'get',
    path: `${at}/attachments/{fileId}`,
    summary: 'Download an attachment',
    params: fileAt,
    answer: { contentType: '*/*', description: 'The file, as a download.' },
  },
  removeEstimateFile: {
    ...write,
    method: 'delete',
    path: `${at}/attachments/{fileId}`,
    summary: 'Take an attachment off a draft',
    params: fileAt,
    status: 204,
    answer: null,
  },
  listEstimateRecipients: { ...read, method: 'get', path: `${at}/recipients`, summary: 'Who it may be sent to', params: estimateId, answer: recipients },
  previewEstimateMail: {
    ...read,
    method: 'get',
    path: `${at}/mail-preview`,
    summary: 'The mail as it would leave, once it is issued: who from, to, and its subject',
    params: estimateId,
    query: mailPreviewQuery,
    answer: mailPreview,
  },
  previewEstimateMailBody: {
    ...read,
    method: 'get',
    path: `${at}/mail-preview/html`,
    summary: 'The body of that mail',
    params: estimateId,
    query: mailPreviewQuery,
    answer: { contentType: 'text/html', description: 'The mail, to be framed by the office; its button opens nothing.' },
  },
  previewEstimatePage: {
    ...read,
    method: 'get',
    path: `${at}/preview`,
    summary: 'What the customer sees once it is issued; presses nothing, leaves no trace',
    params: estimateId,
    answer: { contentType: 'text/html', description: 'The page, to be framed by the office.' },
  },
  listEstimateLinks: {
    ...read,
    method: 'get',
    path: `${at}/links`,
    summary: 'Who can open it',
    params: estimateId,
    answer: listOf('EstimateLinkList', estimateLink),
  },
  makeEstimateLink: {
    ...write,
    method: 'post',
    path: `${at}/links`,
    keyless: true,
    summary: 'Make a link to hand over: copied, shared, texted or shown as a QR code',
    description: 'The estimate becomes visible to the customer. With a person given the link is theirs, else it may view and ask only.',
    params: estimateId,
    body: z.strictObject({ personId: idOf('person').nullable().default(null) }).openapi('MakeEstimateLink'),
    status: 201,
    answer: linkAddress,
  },
  copyEstimateLink: {
    ...write,
    method: 'post',
    path: `${at}/links/{linkId}/copy`,
    keyless: true,
    summary: 'The address of a link that is still open, to copy again',
    params: linkAt,
    answer: linkAddress,
  },
  revokeEstimateLink: { ...write, method: 'post', path: `${at}/links/{linkId}/revoke`, summary: 'End a link at once', params: linkAt, answer: estimateLink },
});
