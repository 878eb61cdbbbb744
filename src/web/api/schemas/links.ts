import { z } from '@hono/zod-openapi';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { idOf, instant } from './values.ts';

/** Who can open an invoice without signing in. */

export const link = z
  .strictObject({
    id: idOf('link'),
    invoiceId: idOf('invoice'),
    personId: idOf('person').nullable().openapi({ description: 'null: handed over by the office itself.' }),
    name: z.string(),
    sentTo: z.string().openapi({ description: 'The address as it was when sent.' }),
    createdAt: instant,
    createdBy: z.string(),
    lastMailedAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    endsAt: instant.nullable().openapi({ description: 'null: works while anything is owed.' }),
    state: z.enum(['open', 'ended', 'revoked']),
    sharedById: idOf('person')
      .nullable()
      .openapi({ description: 'The person of the customer who sent it on to somebody else; null: sent or handed over by the office.' }),
  })
  .openapi('Link');
export const linkAddress = z.strictObject({ url: z.string().openapi({ format: 'uri' }), link }).openapi('LinkAddress');

const tag = 'Links';
const linkId = z.strictObject({ linkId: idOf('link') });
const invoiceId = z.strictObject({ invoiceId: idOf('invoice') });
export const linkOperations = operations({
  listLinks: {
    method: 'get',
    path: '/invoices/{invoiceId}/links',
    tag,
    access: 'invoices:read',
    summary: 'Who can open this',
    params: invoiceId,
    status: 200,
    answer: listOf('LinkList', link),
  },
  makeLink: {
    method: 'post',
    path: '/invoices/{invoiceId}/links',
    tag,
    access: 'invoices:write',
    keyless: true,
    summary: 'Make a link to hand over: copied, shared, texted or shown as a QR code',
    description: 'The invoice becomes visible to the customer. With a person given the link is theirs, else it may view, ask and pay only.',
    params: invoiceId,
    body: z.strictObject({ personId: idOf('person').nullable().default(null) }).openapi('MakeLink'),
    status: 201,
    answer: linkAddress,
  },
  copyLink: {
    method: 'post',
    path: '/links/{linkId}/copy',
    tag,
    access: 'invoices:write',
    keyless: true,
    summary: 'The address of a link that is still open, to copy again',
    params: linkId,
    status: 200,
    answer: linkAddress,
  },
  revokeLink: {
    method: 'post',
    path: '/links/{linkId}/revoke',
    tag,
    access: 'invoices:write',
    summary: 'End a link at once',
    params: linkId,
    status: 200,
    answer: link,
  },
});
