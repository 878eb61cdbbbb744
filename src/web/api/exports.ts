import { Readable } from 'node:stream';
import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { askExport, downloadExport, type ExportRow, listExports, readExport, readJournalSettings, saveJournalSettings } from '../../domain/exports/exports.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import type { exportOperations } from './schemas/exports.ts';
import { sendStream } from './upload.ts';

type Operations = typeof exportOperations;

export const exportHandlers: HandlersOf<Operations> = {
  listExports: async (call) => {
    const { cursor, limit = limits.pageSize } = call.query;
    const { items, nextCursor } = await call.read((scope) => listExports(scope, { limit, ...given({ cursor }) }));
    return call.answer({ items: items.map(present), nextCursor });
  },

  startExport: (call) =>
    call.act(async (scope) => {
      const { kind, from = null, to = null, customerId } = call.body;
      return present(await askExport(scope, { kind, from, to, customerId: customerId === undefined ? null : readRef('customer', customerId, 'customerId') }));
    }),

  readExport: async (call) => {
    const id = uuidOf('export', call.params.exportId);
    return call.answer(present(await call.read((scope) => readExport(scope, id))));
  },

  downloadExport: async (call) => {
    const id = uuidOf('export', call.params.exportId);
    const row = await call.read((scope) => downloadExport(scope, id));
    const source = await call.deps.files.stream(call.grant.business ?? '', row.sha256);
    if (source === null) throw new Refusal('export_ended');
    const contentType = row.contentType === 'text/csv' ? 'text/csv; charset=utf-8' : row.contentType;
    return sendStream(call.c, { source: Readable.from(source), contentType, name: row.fileName });
  },

  readJournalSettings: async (call) => call.answer(await shownSettings(call.read(readJournalSettings))),

  saveJournalSettings: (call) => call.act((scope) => shownSettings(saveJournalSettings(scope, { version: call.version, ...call.body }))),
};

async function shownSettings(settings: ReturnType<typeof readJournalSettings>): Promise<AnswerOf<Operations['readJournalSettings']>> {
  const { version, accounts, xeroTaxRate } = await settings;
  return { version, accounts: accounts.map(({ account, label, quickbooks, xero }) => ({ account, label, quickbooks, xero })), xeroTaxRate };
}

function present(row: ExportRow): AnswerOf<Operations['readExport']> {
  const { kind, fromOn: from, toOn: to, state, fileName, askedBy, askedAt, finishedAt, endsAt } = row;
  const numbers = {
    rowsDone: Number(row.rowsDone),
    rowsTotal: row.rowsTotal === null ? null : Number(row.rowsTotal),
    bytes: row.bytes === null ? null : Number(row.bytes),
  };
  return { id: publicId('export', row.id), kind, from, to, state, ...numbers, fileName, askedBy, askedAt, finishedAt, endsAt };
}
