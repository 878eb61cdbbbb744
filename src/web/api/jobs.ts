import { cancelJob, changeJob, closeJob, createJob, invoiceJob, listJobs, makeJobOfEstimate, readJob, reopenJob } from '../../domain/jobs/jobs.ts';
import { planVisit } from '../../domain/jobs/visits.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { invoiceShown } from './invoice-shown.ts';
import { readRef } from './present.ts';
import { presentJob, presentJobRow, presentVisit } from './present-job.ts';
import { readLine } from './read-draft.ts';
import type { jobOperations } from './schemas/jobs.ts';
import { timelineOf } from './timeline.ts';

const idOf = ({ params }: Readonly<{ params: Readonly<{ jobId: string }> }>): string => uuidOf('job', params.jobId);

type Line = Parameters<typeof readLine>[0] & Readonly<{ visitId: string | null }>;

/** A line of a work list: as that of a draft, and its visit. */
function readWork(line: Line, at: number): Record<string, unknown> {
  return { ...readLine(line, at), visitId: readRef('visit', line.visitId, `lines[${at}].visitId`) };
}

export const jobHandlers: HandlersOf<typeof jobOperations> = {
  listJobs: async (call) => {
    const { tab = 'all', customerId, propertyId, q, cursor, limit } = call.query;
    const whose = { customerId: readRef('customer', customerId, 'customerId'), propertyId: readRef('property', propertyId, 'propertyId') };
    const { items, next } = await call.read((scope) => listJobs(scope, { tab, ...whose, search: q, cursor, limit }));
    return call.answer({ items: items.map(presentJobRow), nextCursor: next });
  },

  createJob: (call) =>
    call.act(async (scope) => {
      const { id, customerId, propertyId, lines, ...words } = call.body;
      const refs = { id: readRef('job', id, 'id'), lines: lines?.map(readWork) };
      const whose = { customerId: readRef('customer', customerId, 'customerId'), propertyId: readRef('property', propertyId, 'propertyId') };
      return presentJob(await createJob(scope, { ...given({ ...words, ...refs }), ...whose }));
    }),

  readJob: async (call) => call.answer(presentJob(await call.read((scope) => readJob(scope, idOf(call))))),

  changeJob: (call) =>
    call.act(async (scope) => {
      const { lines, ...words } = call.body;
      const changes = given({ ...words, lines: lines?.map(readWork) });
      return presentJob(await changeJob(scope, { id: idOf(call), version: call.version, changes }));
    }),

  closeJob: (call) => call.act(async (scope) => presentJob(await closeJob(scope, idOf(call)))),

  cancelJob: (call) => call.act(async (scope) => presentJob(await cancelJob(scope, idOf(call), call.body.reason))),

  reopenJob: (call) => call.act(async (scope) => presentJob(await reopenJob(scope, idOf(call)))),

  invoiceJob: (call) =>
    call.act(async (scope) => {
      const visitIds = call.body.visitIds?.map((id, at) => readRef('visit', id, `visitIds[${at}]`)) ?? null;
      return invoiceShown(scope, await invoiceJob(scope, idOf(call), visitIds));
    }),

  planVisit: (call) =>
    call.act(async (scope) => {
      const { id, crewIds, day, ...rest } = call.body;
      const crew = crewIds?.map((each, at) => readRef('staff', each, `crewIds[${at}]`));
      return presentVisit(await planVisit(scope, { jobId: idOf(call), day, ...given({ ...rest, crew, id: readRef('visit', id, 'id') }) }));
    }),

  makeJobOfEstimate: (call) => call.act(async (scope) => presentJob(await makeJobOfEstimate(scope, uuidOf('estimate', call.params.estimateId)))),

  jobTimeline: async (call) => {
    const jobId = idOf(call);
    const answer = await call.read(async (scope) => {
      const { customerId } = await readJob(scope, jobId);
      return timelineOf(scope, { customerId, jobId }, call.query);
    });
    return call.answer(answer);
  },
};
