import { Readable } from 'node:stream';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import {
  addOpening,
  beginImport,
  cancelImport,
  changeImport,
  commitImport,
  editImport,
  goOn,
  listImports,
  listOpenings,
  listProblems,
  lookAgain,
  previewImport,
  readImport,
  rejectedFile,
  templateFile,
  undoBlockers,
  undoImport,
} from '../../domain/imports/imports.ts';
import { type Call, type HandlersOf, uuidOf } from './call.ts';
import { actorOf } from './caller.ts';
import { given } from './given.ts';
import { presentBlocker, presentDetails, presentImport, presentOpening, presentProblem } from './present-import.ts';
import type { importOperations } from './schemas/imports.ts';
import { sendFile, sendStream, uploadStream } from './upload.ts';

type Operations = typeof importOperations;
type OfImport = Readonly<{ params: { importId: string } }>;

const idOf = ({ params }: OfImport): string => uuidOf('import', params.importId);
const previewRows = 25;

export const importHandlers: HandlersOf<Operations> = {
  listImports: async (call) => {
    const { cursor, limit = limits.pageSize } = call.query;
    const { items, nextCursor } = await call.read((scope) => listImports(scope, { limit, ...given({ cursor }) }));
    return call.answer({ items: items.map(presentImport), nextCursor });
  },

  startImport: async (call) => {
    const id = await begin(call);
    return call.act((scope) => presentDetails(scope, id));
  },

  readImport: async (call) => call.answer(await call.read((scope) => presentDetails(scope, idOf(call)))),

  changeImport: async (call) => {
    const { columns, kind, reading } = call.body;
    const change = given({ kind, mapping: columns, reading: reading && given(reading) });
    const of = await call.read((scope) => readImport(scope, idOf(call)));
    const look = await lookAgain(call.deps.files, call.grant.business ?? '', of, change);
    return call.act(async (scope) => {
      await changeImport(scope, of.id, call.version, change, look);
      return presentDetails(scope, of.id);
    });
  },

  editImport: (call) => does(call, (scope, id) => editImport(scope, id, call.body.edits.map(given))),
  commitImport: (call) => does(call, commitImport),
  cancelImport: (call) => does(call, cancelImport),
  undoImport: (call) => does(call, undoImport),

  readUndo: async (call) => {
    const { blockers, of } = await call.read(async (scope) => ({ blockers: await undoBlockers(scope, idOf(call)), of: await readImport(scope, idOf(call)) }));
    const ended = of.step === 'import' && ['done', 'failed', 'canceled'].includes(of.state);
    return call.answer({ possible: ended && blockers.length === 0, blockers: blockers.map(presentBlocker) });
  },

  listProblems: async (call) => {
    const { cursor, limit = limits.pageSize, code, except, keeps } = call.query;
    const { items, nextCursor } = await call.read((scope) => listProblems(scope, idOf(call), { limit, ...given({ cursor, code, except, keeps }) }));
    return call.answer({ items: items.map(presentProblem), nextCursor });
  },

  previewImport: async (call) => {
    const of = await call.read((scope) => readImport(scope, idOf(call)));
    const items = await previewImport({ files: call.deps.files, inScope: call.read }, call.grant.business ?? '', of, previewRows);
    return call.answer({
      items: items.map((row) => ({
        ...row,
        cells: [...row.cells],
        fields: row.fields.map((field) => ({ ...field, amountMinor: field.amountMinor === null ? null : Number(field.amountMinor) })),
      })),
    });
  },

  readRejected: async (call) => {
    const of = await call.read((scope) => readImport(scope, idOf(call)));
    if (of.rejected === 0) throw new Refusal('not_found');
    const rows = rejectedFile({ files: call.deps.files, inScope: call.read }, call.grant.business ?? '', of);
    return sendStream(call.c, { source: Readable.from(rows), contentType: 'text/csv; charset=utf-8', name: `left-out-${of.fileName}` });
  },

  readTemplate: async (call) => {
    const { template } = call.params;
    return sendFile(call.c, { bytes: Buffer.from(templateFile(template)), contentType: 'text/csv; charset=utf-8', name: `${template}.csv` });
  },

  listOpenings: async (call) => {
    const items = await call.read((scope) => listOpenings(scope, uuidOf('customer', call.params.customerId)));
    return call.answer({ items: items.map(presentOpening) });
  },

  addOpening: (call) =>
    call.act(async (scope) => {
      const { owedMinor, creditMinor, ...rest } = call.body;
      const customerId = uuidOf('customer', call.params.customerId);
      return presentDetails(scope, await addOpening(scope, { ...rest, customerId, owedMinor: BigInt(owedMinor), creditMinor: BigInt(creditMinor) }));
    }),
};

type Writing = Call<Operations['editImport']> | Call<Operations['commitImport']> | Call<Operations['cancelImport']> | Call<Operations['undoImport']>;

/** Says what is to be done; a task does it. */
function does(call: Writing, verb: (scope: Scope, id: string) => Promise<void>): Promise<Response> {
  return call.act(async (scope) => {
    const id = idOf(call);
    await verb(scope, id);
    return presentDetails(scope, id);
  });
}

/** A small file is answered when it is done; a larger one is left to a task and asked about by its id. */
const patienceMs = 4_000;

async function begin(call: Call<Operations['startImport']>): Promise<string> {
  const { kind = null, fileName, mode = 'import' } = call.query;
  const { database, files } = call.deps;
  const business = call.grant.business ?? '';
  const actor = actorOf(call.grant);
  const announced = Number(call.c.req.header('content-length') ?? 0);
  await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, Number.isSafeInteger(announced) ? announced : 0));
  const id = await beginImport({ database, files }, { business, actor, kind, fileName, mode, source: uploadStream(call.c) });
  const patience = AbortSignal.timeout(patienceMs);
  await goOn({ database, files }, business, id, () => !patience.aborted);
  return id;
}
