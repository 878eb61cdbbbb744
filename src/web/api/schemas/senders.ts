import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { filledText, idOf, instant, orNull } from './values.ts';

/** What mails come from, and which addresses refuse them. */

const dnsRecord = z
  .strictObject({
    record: z.enum(['dkim', 'dmarc']),
    name: z.string().openapi({ example: 'sip-1a2b3c4d._domainkey.otter.example' }),
    text: z.string().openapi({ description: 'What the TXT record is to say.' }),
    needed: z.boolean().openapi({ description: 'False: it helps, and mails leave without it.' }),
    found: z.enum(['right', 'missing', 'different', 'unknown']).nullable().openapi({ description: 'By the last look; null before the first.' }),
  })
  .openapi('DnsRecord');
const domain = z
  .strictObject({
    address: z.string(),
    domain: z.string(),
    state: z.enum(['waiting', 'verified', 'lost']).openapi({ description: '`lost` was verified once; mails come from the host’s address until it is again.' }),
    checkedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
    records: z.array(dnsRecord),
  })
  .openapi('SendingDomain');
export const sender = z
  .strictObject({
    hostAddress: z.string().openapi({ description: 'What mails come from without a domain of one’s own.' }),
    leaves: z.boolean().openapi({ description: 'False: no mail server is set, mails are kept in the outbox.' }),
    domain: orNull(domain),
  })
  .openapi('Sender');
export const refusingAddress = z
  .strictObject({
    personId: idOf('person'),
    name: z.string(),
    email: z.string(),
    why: z.enum(['bounced', 'complained']),
    reason: z.string(),
    at: instant,
    customer: orNull(z.strictObject({ id: idOf('customer'), name: z.string() })),
  })
  .openapi('RefusingAddress');

const tag = 'Mails';
export const senderOperations = operations({
  readSender: { method: 'get', path: '/sender', tag, access: 'settings:read', summary: 'What mails come from', status: 200, answer: sender },
  setSendingDomain: {
    method: 'put',
    path: '/sender/domain',
    tag,
    access: 'settings:write',
    summary: 'Let mails come from an address of your own',
    description: 'Answers the DNS records that are to be set. Mails come from it once they are found there.',
    body: z.strictObject({ address: filledText(textLimits.email, 'billing@otter.example') }).openapi('SendingDomainBody'),
    status: 200,
    answer: sender,
  },
  removeSendingDomain: {
    method: 'delete',
    path: '/sender/domain',
    tag,
    access: 'settings:write',
    summary: 'Let mails come from the host’s address again',
    status: 204,
    answer: null,
  },
  checkSendingDomain: {
    method: 'post',
    path: '/sender/domain/check',
    tag,
    access: 'settings:write',
    summary: 'Look for the records now',
    status: 200,
    answer: sender,
  },
  listRefusingAddresses: {
    method: 'get',
    path: '/refusing-addresses',
    tag,
    access: 'customers:read',
    summary: 'Addresses mail came back from, or that called it unwanted',
    description: 'Nothing is sent there until somebody says that the address works again, or changes it.',
    status: 200,
    answer: listOf('RefusingAddressList', refusingAddress),
  },
  trustAddress: {
    method: 'post',
    path: '/people/{personId}/trust-address',
    tag,
    access: 'customers:write',
    summary: 'Say that an address works again',
    params: z.strictObject({ personId: idOf('person') }),
    status: 204,
    answer: null,
  },
});
