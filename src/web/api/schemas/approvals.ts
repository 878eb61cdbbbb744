import { z } from '@hono/zod-openapi';
import { identifications } from '../../../core/authority.ts';
import { mostStages } from '../../../core/choices.ts';
import { textLimits } from '../../../core/limits.ts';
import { approvalKinds, breaks } from '../../../domain/approvals/approval.ts';
import { estimate } from './estimate.ts';
import { choicesBody } from './estimate-drafts.ts';
import { invoice } from './invoice.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { sendBody, sendResult } from './sending.ts';
import { count, currency, day, filledText, idOf, instant, minor, orNull, ratePpm, signedMinor, text } from './values.ts';

/** Sending an estimate, what was decided on it and the evidence of that, and what is made of it. */

const hash = z.string().regex(/^([0-9a-f]{64})?$/);
const lineReason = z.strictObject({ lineId: idOf('line'), name: z.string(), reason: z.string() });
const record = {
  id: idOf('approval'),
  seq: count.openapi({ description: 'Its place in the chain of the business, without a gap.' }),
  kind: z.enum(approvalKinds),
  estimateId: idOf('estimate'),
  customerId: idOf('customer'),
  propertyId: idOf('property').nullable(),
  number: z.string(),
  revision: count,
  currency,
  totalMinor: signedMinor.openapi({ description: 'Of what was chosen.' }),
  taxMinor: signedMinor,
  depositMinor: minor,
  poNumber: z.string(),
  reason: z.string(),
  lineReasons: z.array(lineReason),
  personId: idOf('person').nullable(),
  typedName: z.string(),
  recordedName: z.string().openapi({ description: 'As the business knew this person.' }),
  role: z.string(),
  limitMinor: minor.nullable().openapi({ description: 'The limit that applied; null: none.' }),
  identifiedBy: z.enum(identifications),
  identifiedAs: z.string().openapi({ description: 'The address a link or code was sent to, masked; or who of the office recorded it.' }),
  at: instant,
  timeZone: z.string(),
  address: z.string(),
  browser: z.string(),
  first: orNull(z.strictObject({ id: idOf('approval'), personId: idOf('person'), typedName: z.string(), at: instant, hash })).openapi({
    description: 'Of an approval by two: who approved first.',
  }),
  insteadOf: orNull(z.strictObject({ personId: idOf('person'), name: z.string(), untilOn: day })).openapi({
    description: 'Who was away, in whose place it was pressed.',
  }),
  undoes: idOf('approval').nullable().openapi({ description: 'The approval it takes back.' }),
  termsSha256: hash,
  factsSha256: hash.openapi({ description: 'Of what was on screen, as the evidence holds it.' }),
  code: z.string().openapi({ description: 'What is typed on the page that checks a record.', example: '12-9F3A-77C2-0B1D-44AE-90C5' }),
  previousHash: hash.openapi({ description: 'Of the record before; empty for the first.' }),
  hash,
};
export const approval = z.strictObject(record).openapi('Approval');
export const evidence = z
  .strictObject({ ...record, facts: z.string().openapi({ description: 'What was on screen, as JSON in one form: its SHA-256 is `factsSha256`.' }) })
  .openapi('ApprovalEvidence');

const by = {
  personId: idOf('person').nullable().default(null).openapi({ description: 'Whose word it was.' }),
  typedName: text(textLimits.name, 'Rosa Quill').default(''),
  reason: text(textLimits.reason).default(''),
};
const lineReasons = z
  .array(z.strictObject({ lineId: idOf('line'), reason: filledText(textLimits.reason, 'Not this one') }))
  .max(500)
  .default([]);
const approveBody = z
  .strictObject({
    ...by,
    personId: idOf('person'),
    typedName: filledText(textLimits.name, 'Rosa Quill'),
    choices: choicesBody.optional(),
    totalMinor: signedMinor.openapi({ description: 'What it comes to as agreed: another total signs nothing.' }),
    poNumber: text(textLimits.poNumber).optional(),
  })
  .openapi('ApproveEstimate', {
    description:
      'An approval given by phone or on paper. Above the limit of the person it is kept as a recommendation; where the customer wants two persons, the first waits for the second.',
  });
const turnDownBody = z.strictObject({ ...by, lineReasons }).openapi('TurnDownEstimate');

const approvalId = z.strictObject({ approvalId: idOf('approval') });
const estimateId = z.strictObject({ estimateId: idOf('estimate') });
const tag = 'Estimates';
const write = { method: 'post', tag, access: 'estimates:write', params: estimateId, status: 200 } as const;
const read = { method: 'get', tag: 'Approvals', access: 'estimates:read', status: 200 } as const;
const at = '/estimates/{estimateId}' as const;

const contractBill = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('whole') }).openapi({ description: 'Of the estimate or change order itself, line by line.' }),
    z.strictObject({
      kind: z.literal('stage'),
      stage: z
        .int()
        .min(0)
        .max(mostStages - 1)
        .openapi({ description: 'Its place in the plan, from 0.' }),
    }),
    z.strictObject({ kind: z.literal('percent'), ratePpm }).openapi({ description: 'Of the contract to date.' }),
    z.strictObject({ kind: z.literal('amount'), amountMinor: minor }),
    z.strictObject({ kind: z.literal('rest') }),
  ])
  .openapi('ContractBill');

export const approvalOperations = operations({
  sendEstimate: {
    ...write,
    path: `${at}/send`,
    summary: 'Send it, or send it again; a draft is issued first',
    body: z.strictObject(sendBody.shape).openapi('SendEstimate', { description: 'Everyone gets a mail of their own with a link of their own.' }),
    answer: z.strictObject({ estimate, mails: sendResult.shape.mails }).openapi('EstimateSendResult'),
  },
  approveEstimate: { ...write, path: `${at}/approve`, summary: 'Record an approval given outside of the portal', body: approveBody, answer: estimate },
  declineEstimate: { ...write, path: `${at}/decline`, summary: 'Record that it was declined', body: turnDownBody, answer: estimate },
  requestEstimateChanges: { ...write, path: `${at}/request-changes`, summary: 'Record what the customer wants changed', body: turnDownBody, answer: estimate },
  undoEstimateApproval: {
    ...write,
    path: `${at}/undo-approval`,
    summary: 'Take an approval back at the word of the customer; its record stays, and it waits again',
    body: z.strictObject(by).openapi('UndoEstimateApproval'),
    answer: estimate,
  },
  invoiceEstimate: {
    ...write,
    path: `${at}/make-invoice`,
    summary: 'Begin the invoice for what was chosen',
    description: 'Needs invoices:write too. Its deposit, once asked for, is meant for it.',
    status: 201,
    answer: invoice,
  },
  billContract: {
    ...write,
    path: `${at}/bill`,
    summary: 'Begin an invoice of part of the contract',
    description: 'Needs invoices:write too. Never more than is left of the contract, drafts counted; a stage once. Amounts are with tax.',
    body: z
      .strictObject({
        bill: contractBill,
        retainagePpm: ratePpm.optional().openapi({ description: 'Share of this and later invoices that is held back until it is released; at most half.' }),
      })
      .openapi('BillContract'),
    status: 201,
    answer: invoice,
  },
  askEstimateDeposit: {
    ...write,
    path: `${at}/ask-deposit`,
    summary: 'Ask for the deposit that was agreed; once more changes nothing',
    description: 'Needs invoices:write too. Asked for by itself after an approval.',
    answer: estimate,
  },
  listApprovals: {
    ...read,
    path: '/approvals',
    summary: 'What customers decided, newest first',
    query: z.strictObject({
      estimateId: idOf('estimate').optional(),
      customerId: idOf('customer').optional(),
      kind: z.enum(approvalKinds).optional(),
      ...pageQuery,
    }),
    answer: pageOf('ApprovalPage', approval),
  },
  checkApprovals: {
    ...read,
    path: '/approvals/chain',
    summary: 'Whether the chain of records is whole',
    answer: z
      .strictObject({ broken: z.strictObject({ seq: count, what: z.enum(breaks) }).nullable() })
      .openapi('ApprovalChain', { description: 'The first record that no longer fits, and what of it; null: none.' }),
  },
  readApproval: {
    ...read,
    path: '/approvals/{approvalId}',
    summary: 'One record with what was on screen',
    params: approvalId,
    answer: evidence,
  },
  readApprovalRecord: {
    ...read,
    path: '/approvals/{approvalId}/record',
    summary: 'The signed record of an approval: what was sent, a certificate on its last page, the original inside',
    params: approvalId,
    answer: { contentType: 'application/pdf', description: 'The same bytes, always. Only of approvals.' },
  },
  readEstimatePdf: {
    ...read,
    tag,
    path: `${at}/pdf`,
    summary: 'The PDF as it was stored when it was issued',
    params: estimateId,
    answer: { contentType: 'application/pdf', description: 'The same bytes, always.' },
  },
});
