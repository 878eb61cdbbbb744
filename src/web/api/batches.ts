import { type IdKind, publicId } from '../../core/ids.ts';
import { type RefusalCode, refusals } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import {
  type Batch,
  type BatchItem,
  batchActs,
  batchRules,
  doneOf,
  listBatches,
  readBatch,
  refusedOf,
  startBatch,
  steerBatch,
} from '../../domain/batches/batches.ts';
import { zip } from '../../outgoing/zip.ts';
import { type AnswerOf, type Call, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { paperOf } from './invoice-files.ts';
import { filterOf } from './invoices.ts';
import { readRef } from './present.ts';
import type { batchOperations } from './schemas/batches.ts';
import { sendFile } from './upload.ts';

type Operations = typeof batchOperations;
type Body = Call<Operations['startBatch']>['body'];
const shownAtOnce = 20;

export const batchHandlers: HandlersOf<Operations> = {
  startBatch: (call) =>
    call.act(async (scope) => {
      const { id, kind, chosen, ...options } = call.body;
      const input = { kind, chosen: chosenIn(chosen, batchRules[kind].of), options: given(options) };
      return present(await startBatch(scope, { ...input, ...given({ id: readRef('batch', id, 'id') }) }), scope);
    }),

  listBatches: async (call) => {
    const items = await call.read(async (scope) => (await listBatches(scope, call.query.limit ?? shownAtOnce)).map((batch) => present(batch, scope)));
    return call.answer({ items });
  },

  readBatch: async (call) => {
    const id = uuidOf('batch', call.params.batchId);
    const answer = await call.read(async (scope) => {
      const batch = await readBatch(scope, id);
      const refused = (await refusedOf(scope, id)).map((item) => presentItem(item, batchRules[batch.kind].of));
      return { batch: present(batch, scope), refused };
    });
    return call.answer(answer);
  },

  stopBatch: (call) => steered(call, 'stop'),
  hurryBatch: (call) => steered(call, 'hurry'),
  undoBatch: (call) => steered(call, 'undo'),

  downloadBatch: async (call) => {
    const id = uuidOf('batch', call.params.batchId);
    const items = await call.read(async (scope) => {
      await readBatch(scope, id);
      return doneOf(scope, id);
    });
    const files = [];
    for (const { thingId, name } of items) files.push({ name: `${name}.pdf`, bytes: await paperOf(call, thingId) });
    return sendFile(call.c, { bytes: zip(files), contentType: 'application/zip', name: 'invoices.zip' });
  },
};

function steered(call: Call<Operations['stopBatch']>, act: 'stop' | 'hurry' | 'undo'): Promise<Response> {
  return call.act(async (scope) => present(await steerBatch(scope, uuidOf('batch', call.params.batchId), act), scope));
}

function chosenIn(chosen: Body['chosen'], of: 'invoice' | 'customer') {
  if ('ids' in chosen) return { ids: chosen.ids.map((id, at) => readRef(of as IdKind, id, `chosen.ids[${at}]`)) };
  if ('invoices' in chosen) return { invoices: { ...filterOf(chosen.invoices), sort: chosen.invoices.sort } };
  return { customers: given(chosen.customers) };
}

function present(batch: Batch, scope: Scope): AnswerOf<Operations['startBatch']> {
  const { kind, state, by, total, done, refused, undone, startsAt, createdAt, finishedAt } = batch;
  return {
    id: publicId('batch', batch.id),
    ...{ kind, state, by, total, done, refused, undone, startsAt, createdAt, finishedAt },
    acts: batchActs(batch, scope.now),
  };
}

function presentItem({ thingId, name, code }: BatchItem, of: 'invoice' | 'customer') {
  return { id: publicId(of, thingId), name, code, message: refusals[code as RefusalCode]?.sentence ?? '' };
}
