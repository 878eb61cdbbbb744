import { isDay, todayIn } from '../../core/calendar.ts';
import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';
import { afterAct, endsByItself, isWindow, openJobState, type VisitAct, visitActsOf } from '../../core/visit-state.ts';
import { newId } from '../../db/fresh.ts';
import type { Scope } from '../../db/scope.ts';
import { readStanding } from '../businesses/businesses.ts';
import { noteWorkStarted } from '../estimates/estimates.ts';
import { type EventKind, type NewEvent, recordEvents } from '../events/events.ts';
import type { CrewName, NewVisit, Visit, VisitChanges, VisitFilter, VisitPhoto, VisitView, When } from './job.ts';
import { mayRead, mayWorkOn, mayWrite } from './policy.ts';
import { type JobRow, lockJob, setJobState } from './queries.ts';
import { selectRules } from './rules/queries.ts';
import {
  insertPhoto,
  insertVisit,
  lockVisit,
  removePhotoRow,
  selectCrew,
  selectJobOf,
  selectPhotos,
  selectStates,
  selectVisit,
  selectVisits,
  updateVisit,
  type VisitRow,
} from './visits/queries.ts';

/**
 * Plans a visit of a job: a day, and an arrival window or any time. It is shown to the customer unless the business or `shown` says otherwise; one more
 * visit takes a finished job up again. Refuses `not_found`, `job_canceled`, `visit_window`, `crew_unknown`, `id_taken`.
 */
export async function planVisit(scope: Scope, input: NewVisit): Promise<VisitView> {
  await mayWrite(scope);
  const job = await jobOf(scope, input.jobId);
  if (job.state === 'canceled') throw new Refusal('job_canceled');
  const crew = await crewFor(scope, input.crew ?? []);
  const { shown } = await selectRules(scope);
  const visit: VisitRow = {
    ...{ id: input.id ?? newId(), version: 1, sequence: 0, jobId: job.id, customerId: job.customerId, propertyId: job.propertyId },
    ...whenOf(input),
    title: clean(input.title ?? '', textLimits.title, 'title') || job.title,
    customerNote: input.customerNote === undefined ? job.customerNotes : cleanLines(input.customerNote, textLimits.message, 'customerNote'),
    ...{ crew: crew.map(({ id }) => id), crewNames: firstNames(crew), state: 'planned', shown: input.shown ?? shown, doneNote: '', reason: '' },
    ...{ onTheWayAt: null, startedAt: null, endedAt: null, invoiceId: null },
  };
  if (!(await insertVisit(scope, visit))) throw new Refusal('id_taken', { field: 'id' });
  const again = job.state === 'done' ? await standAsVisitsDo(scope, job) : [];
  await recordEvents(scope, [eventOf('visit.planned', visit, job, { crew: namesOf(crew) }), ...again]);
  return readVisit(scope, visit.id);
}

/**
 * Moves a visit, gives it to others, or changes what is said of it. Refuses `stale_version` with the newer visit, `visit_ended`, `visit_window`,
 * `crew_unknown`.
 */
export async function changeVisit(scope: Scope, input: Readonly<{ id: string; version: number; changes: VisitChanges }>): Promise<VisitView> {
  await mayWrite(scope);
  const { job, visit } = await lockBoth(scope, input.id);
  if (visit.version !== input.version) throw new Refusal('stale_version', { current: await readVisit(scope, visit.id) });
  const { changes } = input;
  const hiding = Object.keys(changes).every((name) => name === 'shown');
  if (!hiding) refuseUnless(visit, 'change');
  const when = whenOf({ ...visit, ...changes });
  const moved = when.day !== visit.day || when.from !== visit.from || when.until !== visit.until;
  const crew = changes.crew === undefined ? null : await crewFor(scope, changes.crew);
  const after: VisitRow = {
    ...{ ...visit, ...when, sequence: visit.sequence + (moved ? 1 : 0), crew: crew === null ? visit.crew : crew.map(({ id }) => id) },
    crewNames: crew === null ? visit.crewNames : firstNames(crew),
    title: changes.title === undefined ? visit.title : clean(changes.title, textLimits.title, 'title') || job.title,
    customerNote: changes.customerNote === undefined ? visit.customerNote : cleanLines(changes.customerNote, textLimits.message, 'customerNote'),
    shown: changes.shown ?? visit.shown,
  };
  const given = crew !== null && [...after.crew].sort().join() !== [...visit.crew].sort().join();
  const told: NewEvent[] = [
    ...(moved ? [eventOf('visit.moved', after, job, { was: { day: visit.day, from: visit.from, until: visit.until } })] : []),
    ...(given ? [eventOf('visit.assigned', after, job, { crew: namesOf(crew) })] : []),
    ...(after.shown === visit.shown ? [] : [eventOf(after.shown ? 'visit.shown' : 'visit.hidden', after, job, {})]),
    ...(after.title === visit.title && after.customerNote === visit.customerNote ? [] : [eventOf('visit.changed', after, job, {})]),
  ];
  if (told.length > 0) {
    await updateVisit(scope, visit, after);
    await recordEvents(scope, told);
  }
  return readVisit(scope, visit.id);
}

/** Says that whoever makes it is on the way, or has begun. Once more does nothing. Refuses `visit_ended`, `visit_begun`, `not_allowed`. */
export function setOff(scope: Scope, id: string): Promise<VisitView> {
  return lead(scope, id, 'set_off', 'visit.on_the_way', (visit) => ({ ...visit, onTheWayAt: scope.now.toString() }));
}

export function startVisit(scope: Scope, id: string): Promise<VisitView> {
  return lead(scope, id, 'start', 'visit.started', (visit) => ({ ...visit, startedAt: scope.now.toString() }));
}

/** Done, with what was done in words the customer reads. The last open visit ends its job. Refuses `visit_ended`, `not_allowed`. */
export function finishVisit(scope: Scope, id: string, note: string): Promise<VisitView> {
  const doneNote = cleanLines(note, textLimits.message, 'note');
  const now = scope.now.toString();
  return lead(scope, id, 'finish', 'visit.done', (visit) => ({ ...visit, doneNote, startedAt: visit.startedAt ?? now, endedAt: now }));
}

/** Left out, or called off, and why: the customer reads it too. Refuses `visit_begun`, `visit_ended`. */
export async function skipVisit(scope: Scope, id: string, why: string): Promise<VisitView> {
  await mayWrite(scope);
  const reason = clean(why, textLimits.reason, 'reason');
  return lead(scope, id, 'skip', 'visit.skipped', (visit) => ({ ...visit, reason, sequence: visit.sequence + 1, endedAt: scope.now.toString() }));
}

export async function cancelVisit(scope: Scope, id: string, why: string): Promise<VisitView> {
  await mayWrite(scope);
  const reason = clean(why, textLimits.reason, 'reason');
  return lead(scope, id, 'cancel', 'visit.canceled', (visit) => ({ ...visit, reason, sequence: visit.sequence + 1, endedAt: scope.now.toString() }));
}

/** A visit that is over stands planned again. Refuses `visit_not_ended`, `job_canceled`. */
export async function reopenVisit(scope: Scope, id: string): Promise<VisitView> {
  await mayWrite(scope);
  const before = { onTheWayAt: null, startedAt: null, endedAt: null, reason: '' };
  return lead(scope, id, 'reopen', 'visit.reopened', (visit) => ({ ...visit, ...before, sequence: visit.sequence + 1 }));
}

async function lead(scope: Scope, id: string, act: VisitAct, kind: EventKind, led: (visit: VisitRow) => VisitRow): Promise<VisitView> {
  const { job, visit } = await lockBoth(scope, id);
  await mayWorkOn(scope, visit.crew);
  if (act === 'reopen' && job.state === 'canceled') throw new Refusal('job_canceled');
  const state = refuseUnless(visit, act);
  if (state === 'same') return readVisit(scope, id);
  const after: VisitRow = { ...led(visit), state };
  await updateVisit(scope, visit, after);
  if (job.estimateId !== null && (state === 'started' || state === 'done')) await noteWorkStarted(scope, job.estimateId);
  const told = await standAsVisitsDo(scope, job);
  await recordEvents(scope, [eventOf(kind, after, job, after.reason === '' ? {} : { reason: after.reason }), ...told]);
  return readVisit(scope, id);
}

/** A job follows its visits: under way from the first, done with the last. Answers what there is to tell of it. */
async function standAsVisitsDo(scope: Scope, job: JobRow): Promise<NewEvent[]> {
  const states = await selectStates(scope, job.id);
  const state = endsByItself(states) ? 'done' : openJobState(states);
  if (state === job.state || job.state === 'canceled') return [];
  await setJobState(scope, job.id, state);
  const kind = state === 'done' ? 'job.closed' : job.state === 'done' ? 'job.reopened' : null;
  if (kind === null) return [];
  const { customerId, propertyId, number, title } = job;
  return [{ kind, customerId, propertyId, data: { jobId: job.id, jobNumber: number, title } }];
}

/** Puts a stored photo on a visit. Refuses `too_many_files`, a name without letters, `not_allowed`. */
export async function addVisitPhoto(scope: Scope, id: string, file: Omit<VisitPhoto, 'id'>): Promise<VisitPhoto> {
  const { job, visit } = await lockBoth(scope, id);
  await mayWorkOn(scope, visit.crew);
  const name = clean(file.name, textLimits.fileName, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  if ((await selectPhotos(scope, id)).length >= limits.attachmentsPerDocument) throw new Refusal('too_many_files');
  const photo = { ...file, id: newId(), name };
  await insertPhoto(scope, visit, photo.id, photo);
  await recordEvents(scope, [eventOf('visit.photo_added', visit, job, { attached: { id: photo.id, name, sha256: file.sha256 } })]);
  return photo;
}

/** Refuses `not_found`, `not_allowed`. On an invoice the photo stays. */
export async function removeVisitPhoto(scope: Scope, id: string, fileId: string): Promise<void> {
  const { job, visit } = await lockBoth(scope, id);
  await mayWorkOn(scope, visit.crew);
  if (!(await removePhotoRow(scope, id, fileId))) throw new Refusal('not_found');
  await recordEvents(scope, [eventOf('visit.photo_removed', visit, job, { detached: fileId })]);
}

/** One visit with what whoever makes it is told. Refuses `not_found`. */
export async function readVisit(scope: Scope, id: string): Promise<VisitView> {
  await mayRead(scope);
  const found = await selectVisit(scope, id);
  if (found === undefined) throw new Refusal('not_found');
  const { contactName, contactPhone, ...visit } = found;
  return { ...visit, contact: { name: contactName, phone: contactPhone }, files: await selectPhotos(scope, id), acts: visitActsOf(visit.state) };
}

/** Visits by day, those of any time first. Refuses `cursor_invalid`. */
export async function listVisits(scope: Scope, filter: VisitFilter): Promise<{ items: Visit[]; next: string | null; today: string }> {
  await mayRead(scope);
  const { from, to, staffId, unassigned = false, customerId, propertyId, jobId, newestFirst = false, cursor } = filter;
  const limit = Math.min(filter.limit ?? limits.pageSize, limits.pageSizeMax);
  const list = ['visits', scope.business, from, to, staffId, unassigned, customerId, propertyId, jobId, newestFirst].join('|');
  const [day = '', time = '', id = ''] = readCursor(list, cursor, 3) ?? [];
  if (cursor !== undefined && !(isDay(day) && isUuid(id))) throw new Refusal('cursor_invalid');
  const rows = await selectVisits(scope, {
    ...{ from: from ?? null, to: to ?? null, staffId: staffId ?? null, unassigned, customerId: customerId ?? null, propertyId: propertyId ?? null },
    ...{ jobId: jobId ?? null, newestFirst, after: cursor === undefined ? null : { day, from: time, id }, limit: limit + 1 },
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(list, [last.day, last.from ?? '', last.id]) : null;
  const { timeZone } = await readStanding(scope);
  return { items, next, today: todayIn(timeZone, scope.now) };
}

async function jobOf(scope: Scope, id: string): Promise<JobRow> {
  const job = await lockJob(scope, id);
  if (job === undefined) throw new Refusal('not_found');
  return job;
}

async function lockBoth(scope: Scope, visitId: string): Promise<{ job: JobRow; visit: VisitRow }> {
  const jobId = await selectJobOf(scope, visitId);
  if (jobId === undefined) throw new Refusal('not_found');
  const job = await jobOf(scope, jobId);
  const visit = await lockVisit(scope, visitId);
  if (visit === undefined) throw new Refusal('not_found');
  return { job, visit };
}

function refuseUnless(visit: VisitRow, act: VisitAct): Exclude<ReturnType<typeof afterAct>, object> {
  const next = afterAct(visit.state, act);
  if (typeof next === 'object') throw new Refusal(next.refused, { state: visit.state });
  return next;
}

function whenOf(input: Readonly<{ day: string; from?: string | null; until?: string | null }>): When {
  const when = { day: input.day, from: input.from ?? null, until: input.until ?? null };
  if (!isDay(when.day)) throw new Refusal('date_invalid', { field: 'day' });
  if (!isWindow(when.from, when.until)) throw new Refusal('visit_window', { field: 'until' });
  return when;
}

async function crewFor(scope: Scope, ids: readonly string[]): Promise<CrewName[]> {
  const wanted = [...new Set(ids)];
  const found = wanted.length === 0 ? [] : await selectCrew(scope, wanted);
  if (found.length !== wanted.length) throw new Refusal('crew_unknown', { field: 'crew' });
  return found;
}

/** What the customer is told of who comes. */
const firstNames = (crew: readonly CrewName[]): string[] => crew.map(({ name }) => name.split(' ')[0] ?? '');
const namesOf = (crew: readonly CrewName[]): string => crew.map(({ name }) => name).join(', ');

function eventOf(kind: EventKind, visit: VisitRow, job: JobRow, more: Readonly<Record<string, unknown>>): NewEvent {
  const { customerId, propertyId, shown, day, from, until, title } = visit;
  return { kind, customerId, propertyId, shown, data: { visitId: visit.id, jobId: job.id, jobNumber: job.number, title, day, from, until, ...more } };
}
