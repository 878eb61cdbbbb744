import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { readVisitRules, saveVisitRules } from '../../domain/jobs/jobs.ts';
import {
  addVisitPhoto,
  cancelVisit,
  changeVisit,
  finishVisit,
  listVisits,
  readVisit,
  removeVisitPhoto,
  reopenVisit,
  setOff,
  skipVisit,
  startVisit,
} from '../../domain/jobs/visits.ts';
import { keepUpload } from './attachments.ts';
import { type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentPhoto, presentVisit, presentVisitRow } from './present-job.ts';
import type { visitOperations } from './schemas/visits.ts';
import { readUpload, sendFile } from './upload.ts';

const idOf = ({ params }: Readonly<{ params: Readonly<{ visitId: string }> }>): string => uuidOf('visit', params.visitId);

export const visitHandlers: HandlersOf<typeof visitOperations> = {
  listVisits: async (call) => {
    const { staffId, customerId, propertyId, jobId, order, ...rest } = call.query;
    const whose = {
      staffId: readRef('staff', staffId, 'staffId'),
      customerId: readRef('customer', customerId, 'customerId'),
      propertyId: readRef('property', propertyId, 'propertyId'),
      jobId: readRef('job', jobId, 'jobId'),
    };
    const { items, next } = await call.read((scope) => listVisits(scope, { ...rest, ...whose, newestFirst: order === 'newest' }));
    return call.answer({ items: items.map(presentVisitRow), nextCursor: next });
  },

  readVisit: async (call) => call.answer(presentVisit(await call.read((scope) => readVisit(scope, idOf(call))))),

  changeVisit: (call) =>
    call.act(async (scope) => {
      const { crewIds, ...rest } = call.body;
      const crew = crewIds?.map((each, at) => readRef('staff', each, `crewIds[${at}]`));
      return presentVisit(await changeVisit(scope, { id: idOf(call), version: call.version, changes: given({ ...rest, crew }) }));
    }),

  setOffForVisit: (call) => call.act(async (scope) => presentVisit(await setOff(scope, idOf(call)))),

  startVisit: (call) => call.act(async (scope) => presentVisit(await startVisit(scope, idOf(call)))),

  finishVisit: (call) => call.act(async (scope) => presentVisit(await finishVisit(scope, idOf(call), call.body.note))),

  skipVisit: (call) => call.act(async (scope) => presentVisit(await skipVisit(scope, idOf(call), call.body.reason))),

  cancelVisit: (call) => call.act(async (scope) => presentVisit(await cancelVisit(scope, idOf(call), call.body.reason))),

  reopenVisit: (call) => call.act(async (scope) => presentVisit(await reopenVisit(scope, idOf(call)))),

  addVisitPhoto: async (call) => {
    const visitId = idOf(call);
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read(async (scope) => {
      await readVisit(scope, visitId);
      await mustHaveRoom(scope, call.deps.config.storage, bytes.length);
    });
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => presentPhoto(await addVisitPhoto(scope, visitId, { ...kept, name: call.query.name })));
  },

  readVisitPhoto: async (call) => {
    const [visitId, fileId] = [idOf(call), uuidOf('file', call.params.fileId)];
    const file = (await call.read((scope) => readVisit(scope, visitId))).files.find(({ id }) => id === fileId);
    const bytes = file === undefined ? null : await call.deps.files.get(call.grant.business ?? '', file.sha256);
    if (file === undefined || bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: file.mediaType, name: file.name });
  },

  removeVisitPhoto: (call) =>
    call.act(async (scope) => {
      await removeVisitPhoto(scope, idOf(call), uuidOf('file', call.params.fileId));
      return null;
    }),

  readVisitRules: async (call) => call.answer(await call.read(readVisitRules)),

  changeVisitRules: (call) => call.act((scope) => saveVisitRules(scope, given(call.body))),
};
