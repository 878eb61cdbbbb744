import { todayIn } from '../../core/calendar.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cut } from '../../core/text.ts';
import { openJobState } from '../../core/visit-state.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readApprovedWork } from '../approvals/approvals.ts';
import { readStanding } from '../businesses/businesses.ts';
import { type EventKind, recordEvent } from '../events/events.ts';
import { may, mustBeAllowed } from '../people/rights.ts';
import { indexThing } from '../search/search.ts';
import {
  cleanJob,
  type Job,
  type JobAct,
  type JobChanges,
  type JobFilter,
  type JobView,
  jobActs,
  type ListedJob,
  type NewJob,
  type VisitRules,
} from './job.ts';
import { page } from './list/list.ts';
import { mayRead, mayWrite } from './policy.ts';
import {
  insertJob,
  type JobRow,
  lockJob,
  selectCustomer,
  selectEstimateJob,
  selectJob,
  selectJobInvoices,
  setJobState,
  takeJobNumber,
  updateJob,
} from './queries.ts';
import { selectRules } from './rules/queries.ts';
import { changeRules } from './rules/rules.ts';
import { cancelOpen, passOnWords, selectStates } from './visits/queries.ts';
import { listVisits } from './visits.ts';
import { deleteUnbilled, insertLines, selectLines } from './work/queries.ts';
import { invoice, type Priced, priced } from './work/work.ts';

const blank = { title: '', crewNotes: '', customerNotes: '', poNumber: '' };

/**
 * A job of a customer, at one of their properties or none, with a work list as the lines of a draft. Refuses `not_found`, `customer_archived`,
 * `already_erased`, `id_taken`, and each bad field by name.
 */
export async function createJob(scope: Scope, input: NewJob): Promise<JobView> {
  await mayWrite(scope);
  const { customerId, propertyId = null, id = newId() } = input;
  const fields = cleanJob(input, blank);
  const customer = await selectCustomer(scope, customerId);
  if (customer === undefined) throw new Refusal('not_found', { field: 'customerId' });
  if (customer.erased) throw new Refusal('already_erased');
  if (customer.archived) throw new Refusal('customer_archived', { field: 'customerId' });
  const work = await priced(scope, { customerId, propertyId }, unvisited(input.lines ?? []));
  return write(scope, { ...fields, id, customerId, propertyId, estimateId: null }, work);
}

/** A new job has no visits its lines could belong to. */
function unvisited(lines: readonly unknown[]): unknown[] {
  return lines.map((line) => ({ ...(line as object), visitId: null }));
}

/**
 * The job of an approved estimate in one press: what was chosen is its work list. Once: a second press refuses `job_exists` naming the job. Refuses
 * `estimate_not_approved`, `not_found`.
 */
export async function makeJobOfEstimate(scope: Scope, estimateId: string, id = newId()): Promise<JobView> {
  await mayWrite(scope);
  await mustBeAllowed(scope, 'estimates:read');
  const approved = await readApprovedWork(scope, estimateId);
  const there = await selectEstimateJob(scope, estimateId);
  if (there !== undefined) throw new Refusal('job_exists', { jobId: there.id });
  const { customerId, propertyId, poNumber, lines, totalMinor, currency } = approved;
  const title = cut(lines[0]?.line.name || `${approved.number}`, textLimits.title);
  const work = { lines: lines.map((each) => ({ ...each, visitId: null })), totalMinor, currency };
  return write(scope, { ...blank, title, poNumber, id, customerId, propertyId, estimateId }, work);
}

type Written = typeof blank & Pick<JobRow, 'id' | 'customerId' | 'propertyId' | 'estimateId'>;

async function write(scope: Scope, fields: Written, { lines, totalMinor, currency }: Priced): Promise<JobView> {
  const { id, customerId, propertyId, title, estimateId } = fields;
  const number = await takeJobNumber(scope);
  const at = { createdBy: scope.actor.name, createdAt: scope.now.toString(), endedAt: null };
  await insertJob(scope, { ...fields, ...at, version: 1, number, state: 'planned', reason: '', currency, totalMinor });
  await insertLines(scope, { id, customerId }, lines, 0);
  await indexThing(scope, 'job', id, customerId, { words: [title], numbers: [String(number)] });
  await recordEvent(scope, {
    ...{ kind: 'job.created', customerId, propertyId, documentId: estimateId },
    data: { jobId: id, jobNumber: number, title, totalMinor, currency },
  });
  return readJob(scope, id);
}

/** Changes what is given; the words go on to visits ahead. Refuses `stale_version` with the newer job, `job_canceled`, `not_found`, bad fields by name. */
export async function changeJob(scope: Scope, input: Readonly<{ id: string; version: number; changes: JobChanges }>): Promise<JobView> {
  await mayWrite(scope);
  const job = await lock(scope, input.id);
  if (job.version !== input.version) throw new Refusal('stale_version', { current: await readJob(scope, job.id) });
  if (job.state === 'canceled') throw new Refusal('job_canceled');
  const { lines, ...changes } = input.changes;
  const fields = cleanJob(changes, job);
  const totalMinor = lines === undefined ? job.totalMinor : await rewrite(scope, job, lines);
  await updateJob(scope, job.id, { ...fields, totalMinor });
  await passOnWords(scope, job.id, job, fields);
  await indexThing(scope, 'job', job.id, job.customerId, { words: [fields.title], numbers: [String(job.number)] });
  await tell(scope, { ...job, title: fields.title }, 'job.changed', lines === undefined ? {} : { totalMinor, currency: job.currency });
  return readJob(scope, job.id);
}

/** What was billed stays as it is; what was agreed in an estimate is changed by another estimate. Answers what the whole list comes to. */
async function rewrite(scope: Scope, job: JobRow, lines: readonly unknown[]): Promise<bigint> {
  if (job.estimateId !== null) throw new Refusal('already_decided', { field: 'lines' });
  const billed = (await selectLines(scope, job.id)).filter(({ invoiceId }) => invoiceId !== null);
  const visits = new Set((await listVisits(scope, { jobId: job.id, limit: limits.pageSizeMax })).items.map(({ id }) => id));
  const wanted = await priced(scope, job, lines);
  if (wanted.lines.some(({ visitId }) => visitId !== null && !visits.has(visitId))) throw new Refusal('not_found', { field: 'lines' });
  const whole = await priced(scope, job, [...billed.map(({ line }) => line), ...wanted.lines.map(({ line }) => line)]);
  await deleteUnbilled(scope, job.id);
  await insertLines(scope, job, wanted.lines, Math.max(0, ...billed.map(({ position }) => position + 1)));
  return whole.totalMinor;
}

/** Says that all of a job is done. Once more does nothing. Refuses `job_canceled`. */
export async function closeJob(scope: Scope, id: string): Promise<JobView> {
  await mayWrite(scope);
  const job = await lock(scope, id);
  if (job.state === 'canceled') throw new Refusal('job_canceled');
  if (job.state !== 'done') {
    await setJobState(scope, id, 'done');
    await tell(scope, job, 'job.closed', {});
  }
  return readJob(scope, id);
}

/** Calls a job off with its visits ahead, and why. Once more does nothing. Refuses `job_invoiced` while an invoice bills some of it. */
export async function cancelJob(scope: Scope, id: string, why: string): Promise<JobView> {
  await mayWrite(scope);
  const reason = clean(why, textLimits.reason, 'reason');
  const job = await lock(scope, id);
  if (job.state === 'canceled') return readJob(scope, id);
  if ((await selectJobInvoices(scope, id)).length > 0) throw new Refusal('job_invoiced');
  await cancelOpen(scope, id, reason);
  await setJobState(scope, id, 'canceled', reason);
  await tell(scope, job, 'job.canceled', reason === '' ? {} : { reason });
  return readJob(scope, id);
}

/** Takes a job up again that was done or called off; its visits stay as they are. Refuses `job_exists` where its estimate has another by now. */
export async function reopenJob(scope: Scope, id: string): Promise<JobView> {
  await mayWrite(scope);
  const job = await lock(scope, id);
  if (job.state === 'planned' || job.state === 'under_way') return readJob(scope, id);
  const other = job.estimateId === null ? undefined : await selectEstimateJob(scope, job.estimateId);
  if (other !== undefined && other.id !== id) throw new Refusal('job_exists', { jobId: other.id });
  await setJobState(scope, id, openJobState(await selectStates(scope, id)));
  await tell(scope, job, 'job.reopened', {});
  return readJob(scope, id);
}

/** A draft of the invoice for what is not billed yet, of these visits or of all. Answers its id. Refuses `nothing_to_invoice`, `job_canceled`. */
export async function invoiceJob(scope: Scope, id: string, visitIds: readonly string[] | null = null): Promise<string> {
  await mayWrite(scope);
  await mustBeAllowed(scope, 'invoices:write');
  const job = await lock(scope, id);
  if (job.state === 'canceled') throw new Refusal('job_canceled');
  return invoice(scope, job, visitIds);
}

async function lock(scope: Scope, id: string): Promise<JobRow> {
  const job = await lockJob(scope, id);
  if (job === undefined) throw new Refusal('not_found');
  return job;
}

function tell(scope: Scope, job: JobRow, kind: EventKind, more: Readonly<Record<string, unknown>>): Promise<bigint> {
  const { customerId, propertyId, number, title, estimateId } = job;
  return recordEvent(scope, { kind, customerId, propertyId, documentId: estimateId, data: { jobId: job.id, jobNumber: number, title, ...more } });
}

/** A job with its work list, its visits and what bills it. Refuses `not_found`. */
export async function readJob(scope: Scope, id: string): Promise<JobView> {
  await mayRead(scope);
  const job = await selectJob(scope, id);
  if (job === undefined) throw new Refusal('not_found');
  const { timeZone } = await readStanding(scope);
  const lines = (await selectLines(scope, id)).map(({ position, ...line }) => line);
  const { items: visits } = await listVisits(scope, { jobId: id, limit: limits.pageSizeMax });
  const view = { ...job, lines, visits, invoices: await selectJobInvoices(scope, id), today: todayIn(timeZone, scope.now) };
  return { ...view, acts: await actsOf(scope, view) };
}

async function actsOf(scope: Scope, job: Job & Pick<JobView, 'lines' | 'invoices'>): Promise<JobAct[]> {
  if (!(await may(scope, 'jobs:write'))) return [];
  const { state, lines, invoices } = job;
  const live = state !== 'canceled';
  const toBill = lines.length === 0 ? invoices.length === 0 : lines.some(({ invoiceId }) => invoiceId === null);
  const allowed: Readonly<Record<JobAct, boolean>> = {
    change: live,
    plan_visit: live,
    invoice: live && toBill && (await may(scope, 'invoices:write')),
    close: live && state !== 'done',
    cancel: live && invoices.length === 0,
    reopen: !live || state === 'done',
  };
  return jobActs.filter((act) => allowed[act]);
}

/** Jobs by number, the newest first. Refuses `cursor_invalid`. */
export async function listJobs(scope: Scope, filter: JobFilter): Promise<{ items: ListedJob[]; next: string | null }> {
  await mayRead(scope);
  return page(scope, filter);
}

/** The job that carries out an estimate, if there is one. */
export function jobOfEstimate(scope: Scope, estimateId: string): Promise<{ id: string; number: number } | undefined> {
  return selectEstimateJob(scope, estimateId);
}

/** What customers are told of visits. */
export async function readVisitRules(scope: Scope): Promise<VisitRules> {
  await mustBeAllowed(scope, 'settings:read');
  return selectRules(scope);
}

export function saveVisitRules(scope: Scope, input: Partial<VisitRules>): Promise<VisitRules> {
  return changeRules(scope, input);
}
