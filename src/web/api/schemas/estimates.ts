import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { estimateNames } from '../../../domain/estimates/estimate.ts';
import { chosenSums, estimate, estimateChange, estimateRow, estimateSums } from './estimate.ts';
import { choicesBody, estimateBody, estimatePatch, previewEstimateBody } from './estimate-drafts.ts';
import { eventPage } from './events.ts';
import { operations } from './operation.ts';
import { listOf, pageOf, pageQuery } from './page.ts';
import { count, currency, day, idOf, minor, ratePpm, sumMinor, text } from './values.ts';

/** Estimates: lists, drafts, and every act of the office on one of them. */

const tabs = ['waiting', 'expiring', 'draft', 'approved', 'changes_requested', 'declined', 'expired', 'withdrawn', 'all'] as const;
export const estimateTab = z.enum(tabs);
const filters = {
  customerId: idOf('customer').optional(),
  propertyId: idOf('property').optional(),
  q: text(limits.searchQuery).optional().openapi({ description: 'Number, customer, PO number, amount.' }),
  from: day.optional(),
  to: day.optional(),
};
const listQuery = z.strictObject({ tab: estimateTab.optional(), ...filters, sort: z.enum(['newest', 'oldest']).optional(), ...pageQuery });
export const estimateTotals = z
  .strictObject({
    currency,
    waitingCount: count,
    waitingMinor: sumMinor,
    expiringCount: count.openapi({ description: 'Of waiting: within seven days.' }),
    expiringMinor: sumMinor,
    approvedThisMonthCount: count,
    approvedThisMonthMinor: sumMinor,
    winRatePpm: ratePpm.nullable().openapi({ description: 'Approved of all decided within the last 90 days; null: none was.' }),
    daysToDecide: z.number().nullable().openapi({ description: 'On average, over the same.' }),
    tabs: z
      .strictObject(Object.fromEntries(tabs.map((tab) => [tab, count])) as Record<(typeof tabs)[number], typeof count>)
      .openapi({ description: 'Estimates in each tab, filters applied.' }),
  })
  .openapi('EstimateTotals', { description: 'Sums are over the whole business, in its currency.' });

const rules = {
  word: z.enum(estimateNames).openapi({ description: 'What customers read it is called.' }),
  validDays: z.int().min(1).max(limits.dueDaysMax),
  terms: text(textLimits.terms),
  remindDays: z.int().min(0).max(30).openapi({ description: 'Days before it expires that customers are reminded; 0: never.' }),
  undoHours: z.int().min(0).max(720).openapi({ description: 'How long an approval can be taken back.' }),
  codeThresholdMinor: minor.nullable().openapi({ description: 'From above it approving asks for a code; null: never for the amount alone.' }),
};
export const estimateRules = z.strictObject(rules).openapi('EstimateRules');
const rulesPatch = z.strictObject(rules).partial().openapi('EstimateRulesPatch');

const estimateId = z.strictObject({ estimateId: idOf('estimate') });
const tag = 'Estimates';
const read = { tag, access: 'estimates:read', status: 200 } as const;
const write = { tag, access: 'estimates:write', status: 200 } as const;
const at = '/estimates/{estimateId}' as const;
const reason = text(textLimits.reason, 'Wrong house').default('');

export const estimateOperations = operations({
  listEstimates: { ...read, method: 'get', path: '/estimates', summary: 'Estimates and drafts', query: listQuery, answer: pageOf('EstimatePage', estimateRow) },
  totalEstimates: {
    ...read,
    method: 'get',
    path: '/estimates/totals',
    summary: 'What waits, expires and was approved, and how many are in each tab',
    query: z.strictObject(filters),
    answer: estimateTotals,
  },
  createEstimate: { ...write, method: 'post', path: '/estimates', summary: 'Begin a draft', body: estimateBody, status: 201, answer: estimate },
  previewEstimate: {
    ...read,
    method: 'post',
    path: '/estimates/preview-totals',
    keyless: true,
    summary: 'Add up lines as suggested, without saving them',
    body: previewEstimateBody,
    answer: estimateSums,
  },
  readEstimate: { ...read, method: 'get', path: at, summary: 'One estimate', params: estimateId, answer: estimate },
  saveEstimate: { ...write, method: 'patch', path: at, ifMatch: true, summary: 'Change a draft', params: estimateId, body: estimatePatch, answer: estimate },
  discardEstimate: { ...write, method: 'delete', path: at, summary: 'Throw a draft away', params: estimateId, status: 204, answer: null },
  issueEstimate: {
    ...write,
    method: 'post',
    path: `${at}/issue`,
    ifMatch: true,
    summary: 'Give it its number and freeze it; the version before it is replaced',
    params: estimateId,
    body: z.strictObject({ show: z.boolean().default(false).openapi({ description: 'Also show it in the portal at once.' }) }).openapi('IssueEstimate'),
    answer: estimate,
  },
  showEstimate: { ...write, method: 'post', path: `${at}/show`, summary: 'Show it in the portal without mailing it', params: estimateId, answer: estimate },
  reviseEstimate: {
    ...write,
    method: 'post',
    path: `${at}/revise`,
    summary: 'Begin the next version under the same number; this one waits on until that is issued',
    params: estimateId,
    status: 201,
    answer: estimate,
  },
  withdrawEstimate: {
    ...write,
    method: 'post',
    path: `${at}/withdraw`,
    summary: 'Take it back, while nobody approved it',
    params: estimateId,
    body: z.strictObject({ reason }).openapi('WithdrawEstimate'),
    answer: estimate,
  },
  extendEstimate: {
    ...write,
    method: 'post',
    path: `${at}/extend`,
    summary: 'Give it a later last day, also once it has expired',
    params: estimateId,
    body: z.strictObject({ validUntil: day }).openapi('ExtendEstimate'),
    answer: estimate,
  },
  duplicateEstimate: {
    ...write,
    method: 'post',
    path: `${at}/duplicate`,
    summary: 'Begin a draft with the same content',
    params: estimateId,
    status: 201,
    answer: estimate,
  },
  copyEstimate: {
    ...write,
    method: 'post',
    path: `${at}/copy`,
    summary: 'Begin drafts with the same content for other properties of the customer',
    description: 'One draft for each, all of them or none. Lines are taxed as is usual at each property; lines without tax stay so.',
    params: estimateId,
    body: z.strictObject({ propertyIds: z.array(idOf('property')).min(1).max(50) }).openapi('CopyEstimate'),
    status: 201,
    answer: listOf('EstimateCopies', estimate),
  },
  compareEstimates: {
    ...read,
    method: 'get',
    path: `${at}/changes`,
    summary: 'What is different in it from another version',
    params: estimateId,
    query: z.strictObject({ from: idOf('estimate') }),
    answer: listOf('EstimateChanges', estimateChange),
  },
  chooseOfEstimate: {
    ...read,
    method: 'post',
    path: `${at}/choose`,
    keyless: true,
    summary: 'What certain choices would come to; nothing is kept',
    params: estimateId,
    body: choicesBody,
    answer: chosenSums,
  },
  estimateTimeline: {
    ...read,
    method: 'get',
    path: `${at}/timeline`,
    summary: 'What happened to it, newest first',
    params: estimateId,
    query: z.strictObject(pageQuery),
    answer: eventPage,
  },
  readEstimateRules: {
    ...{ method: 'get', path: '/estimate-rules', tag, access: 'settings:read', summary: 'What is usual for estimates', status: 200 },
    answer: estimateRules,
  },
  changeEstimateRules: {
    ...{ method: 'patch', path: '/estimate-rules', tag, access: 'settings:write', summary: 'Change what is usual for estimates', status: 200 },
    body: rulesPatch,
    answer: estimateRules,
  },
});
