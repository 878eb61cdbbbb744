import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { type ImportRow, listImports, readImport, runImport } from '../../domain/imports/imports.ts';
import { errorFields, log } from '../../log.ts';
import { type AnswerOf, type Call, type HandlersOf, uuidOf } from './call.ts';
import { actorOf } from './caller.ts';
import { given } from './given.ts';
import type { importOperations } from './schemas/imports.ts';
import { spool } from './spool.ts';
import { sendFile, uploadStream } from './upload.ts';

type Operations = typeof importOperations;

export const importHandlers: HandlersOf<Operations> = {
  listImports: async (call) => {
    const { cursor, limit = limits.pageSize } = call.query;
    const { items, nextCursor } = await call.read((scope) => listImports(scope, { limit, ...given({ cursor }) }));
    return call.answer({ items: items.map(presentImport), nextCursor });
  },

  startImport: async (call) => {
    const id = await bringIn(call);
    return call.act(async (scope) => presentImport(await readImport(scope, id)));
  },

  readImport: async (call) => {
    const id = uuidOf('import', call.params.importId);
    return call.answer(presentImport(await call.read((scope) => readImport(scope, id))));
  },

  readRejected: async (call) => {
    const id = uuidOf('import', call.params.importId);
    const found = await call.read((scope) => readImport(scope, id));
    const bytes = found.rejectedSha256 === null ? null : await call.deps.files.get(call.grant.business ?? '', found.rejectedSha256);
    if (bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: 'text/csv; charset=utf-8', name: `left-out-${found.fileName}` });
  },
};

/** A small file is answered when it is done; a larger one goes on by itself and is asked about by its id. */
const patienceMs = 8_000;

async function bringIn(call: Call<Operations['startImport']>): Promise<string> {
  const { kind, fileName, mode = 'import' } = call.query;
  const { database, files, config } = call.deps;
  const spooled = await spool(config.dataDir, uploadStream(call.c));
  const order = { business: call.grant.business ?? '', actor: actorOf(call.grant), kind, fileName, checkOnly: mode === 'check', source: spooled.source() };
  return new Promise((done, fail) => {
    let id: string | null = null;
    let timer: NodeJS.Timeout;
    const started = (begun: string): void => {
      id = begun;
      timer = setTimeout(() => done(begun), patienceMs);
    };
    runImport({ database, files }, order, started)
      .then((row) => done(row.id))
      .catch((error: unknown) => {
        // An import that began says itself that it failed; what could not begin is the caller's to know.
        if (id === null) return fail(error);
        log.error('import failed', { importId: id, ...errorFields(error) });
        done(id);
      })
      .finally(() => {
        clearTimeout(timer);
        return spooled.remove();
      });
  });
}

function presentImport(of: ImportRow): AnswerOf<Operations['readImport']> {
  const { kind, fileName, checkOnly, state, rowsRead, added, unchanged, rejected, startedAt, finishedAt } = of;
  return {
    id: publicId('import', of.id),
    ...{ kind, fileName, checkOnly, state, rowsRead, added, unchanged, rejected, startedAt, finishedAt },
    problems: of.problems.map(({ row, column, code, value, message }) => ({ row, column, code, value, message })),
    columns: of.columns.map(({ column, meaning }) => ({ column, meaning })),
    hasRejectedFile: of.rejectedSha256 !== null,
  };
}
