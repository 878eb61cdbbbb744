import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { dateOrders, decimalSigns, delimiters, encodings, importKinds, ownTemplates } from '../../../domain/imports/imports.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { count, currency, day, filledText, idOf, instant, minor, queryFlag, sumMinor, text, version } from './values.ts';

/** Bringing in what a business already has, from CSV files. */

export const importKind = z.enum(importKinds);
const place = z.int().min(-1).max(999).openapi({ description: 'Which column, from 0; −1 for the row as a whole.' });
const fileRow = z.int().min(0).openapi({ description: 'Line of the file, counted as a spreadsheet does: the header is 1.' });
export const importProblem = z
  .strictObject({
    row: fileRow,
    position: place,
    column: z.string(),
    code: z.string(),
    value: z.string(),
    message: z.string(),
    keeps: z.boolean().openapi({ description: 'The row comes in all the same, without this cell.' }),
    edited: z.boolean().openapi({ description: 'What stands there was corrected here already.' }),
  })
  .openapi('ImportProblem');
const meaning = z.string().max(40).nullable();
const readingFields = { encoding: z.enum(encodings), delimiter: z.enum(delimiters), dates: z.enum(dateOrders), decimals: z.enum(decimalSigns) };
export const importReading = z.strictObject(readingFields).openapi('ImportReading', { description: 'How bytes become cells, and cells days and amounts.' });

const importFields = {
  id: idOf('import'),
  version,
  kind: importKind,
  fileName: z.string(),
  fileBytes: count,
  checkOnly: z.boolean().openapi({ description: 'The file was read and judged; nothing was added.' }),
  state: z.enum(['waiting', 'running', 'checked', 'done', 'failed', 'canceled', 'undone']).openapi({
    description: '`waiting`: columns are missing and must be chosen. `checked`: ready to be imported. `canceled`: stopped by hand; what was added stays.',
  }),
  step: z.enum(['check', 'import', 'undo']).openapi({ description: 'What is or was being done.' }),
  canceling: z.boolean(),
  failure: z.string().openapi({ description: 'Why it failed, or why a part could not be undone; a code.' }),
  template: z.string().nullable().openapi({ description: 'Which export it was recognized as.' }),
  program: z.string().nullable().openapi({ example: 'QuickBooks Online' }),
  reading: importReading,
  guessed: importReading,
  columns: z
    .array(z.strictObject({ column: z.string(), meaning: z.string().nullable() }))
    .openapi({ description: 'What each column of the file is taken for; null: left out.' }),
  meanings: z.array(z.string()).openapi({ description: 'What a column of this kind can mean.' }),
  missing: z.array(z.string()).openapi({ description: 'Meanings no column has yet, without which nothing can come in.' }),
  rowsTotal: count.nullable(),
  rowsRead: count,
  added: count,
  unchanged: count.openapi({ description: 'Already there: the same file twice adds nothing.' }),
  rejected: count.openapi({ description: 'Rows that stay out; an invoice comes in whole or not at all.' }),
  leftOut: count.openapi({ description: 'Rows left out by hand.' }),
  edits: count.openapi({ description: 'Corrections beside the file.' }),
  hasFile: z.boolean(),
  hasRejectedFile: z.boolean(),
  startedAt: instant,
  finishedAt: instant.nullable(),
};
export const importResult = z.strictObject(importFields).openapi('ImportRow');
export const importDetails = z
  .strictObject({
    ...importFields,
    problems: z.array(importProblem).openapi({ description: 'The first ones.' }),
    problemCounts: z.array(z.strictObject({ code: z.string(), message: z.string(), column: z.string(), position: place, keeps: z.boolean(), count })),
    things: z.record(z.string(), count).openapi({ description: 'What of it is here, by kind.' }),
  })
  .openapi('Import');

const previewRow = z
  .strictObject({
    row: fileRow,
    cells: z.array(z.string()),
    fields: z.array(z.strictObject({ name: z.string(), text: z.string(), amountMinor: sumMinor.nullable() })),
    leftOut: z.boolean(),
    problems: count,
  })
  .openapi('ImportPreviewRow');
const change = z
  .strictObject({
    kind: importKind,
    columns: z.array(meaning).max(200).openapi({ description: 'One meaning for each column, null to leave it out.' }),
    reading: z.strictObject(readingFields).partial(),
  })
  .partial()
  .openapi('ImportChange');
const edit = z
  .strictObject({
    row: fileRow.optional().openapi({ description: 'Without it, every row whose cell says `was`.' }),
    position: place.optional(),
    was: z.string().max(2_000).optional(),
    value: z.string().max(textLimits.terms).nullable().optional().openapi({ description: 'null takes the correction back.' }),
    leaveOut: z.boolean().optional().openapi({ description: 'Leaves the row out, or takes it in again. With any row of an invoice the whole invoice.' }),
  })
  .openapi('ImportEdit');
const blocker = z.strictObject({ code: z.string(), message: z.string(), count, example: z.string() }).openapi('ImportUndoBlocker');
const undo = z.strictObject({ possible: z.boolean(), blockers: z.array(blocker) }).openapi('ImportUndo');
const opening = z
  .strictObject({
    importId: idOf('import'),
    kind: z.enum(['opening', 'credit']),
    invoiceId: idOf('invoice').nullable(),
    number: z.string().nullable(),
    asOf: day,
    amountMinor: sumMinor,
    balanceMinor: sumMinor,
    currency,
  })
  .openapi('Opening');
const openingBody = z
  .strictObject({
    asOf: day,
    dueOn: day.nullable().default(null),
    owedMinor: minor.default(0),
    creditMinor: minor.default(0),
    note: text(textLimits.lineDescription).default(''),
  })
  .openapi('OpeningBody');

const importId = z.strictObject({ importId: idOf('import') });
const customerId = z.strictObject({ customerId: idOf('customer') });
const uploadQuery = z.strictObject({
  kind: importKind.optional().openapi({ description: 'Without it, whatever the file looks like.' }),
  fileName: filledText(textLimits.fileName, 'customers.csv'),
  mode: z.enum(['check', 'import']).optional().openapi({ description: '`check` reads and judges, adds nothing.' }),
});
const problemsQuery = z.strictObject({
  code: z.string().max(60).optional(),
  except: z.string().max(60).optional().openapi({ description: 'Leaves out problems of this code.' }),
  keeps: queryFlag.optional().openapi({ description: '`true`: only where the row comes in all the same; `false`: only where it stays out.' }),
  ...pageQuery,
});
const tag = 'Imports';
const reads = { tag, access: 'imports:read', status: 200 } as const;
const writes = { tag, access: 'imports:write', params: importId, answer: importDetails } as const;

export const importOperations = operations({
  listImports: {
    ...reads,
    method: 'get',
    path: '/imports',
    summary: 'Imports, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf('ImportPage', importResult),
  },
  startImport: {
    method: 'post',
    path: '/imports',
    tag,
    access: 'imports:write',
    summary: 'Upload a CSV file',
    description:
      'Commas, semicolons or tabs; UTF-8, UTF-16 or Windows letters. A small file is answered when it is done; else the answer says `running`: read it again.',
    query: uploadQuery,
    upload: { types: ['text/csv'], maxBytes: limits.importBodyBytes },
    status: 202,
    answer: importDetails,
  },
  readImport: { ...reads, method: 'get', path: '/imports/{importId}', summary: 'How an import stands', params: importId, answer: importDetails },
  changeImport: {
    ...writes,
    method: 'patch',
    path: '/imports/{importId}',
    ifMatch: true,
    summary: 'Say what the file and its columns are',
    description: 'The file is checked again. What was said is remembered for the next file with the same header.',
    body: change,
    status: 200,
  },
  editImport: {
    ...writes,
    method: 'post',
    path: '/imports/{importId}/edits',
    summary: 'Correct cells beside the file, or leave rows out',
    description: 'The file is checked again.',
    body: z.strictObject({ edits: z.array(edit).min(1).max(500) }).openapi('ImportEdits'),
    status: 200,
  },
  commitImport: { ...writes, method: 'post', path: '/imports/{importId}/commit', summary: 'Bring a checked file in', status: 202 },
  cancelImport: { ...writes, method: 'post', path: '/imports/{importId}/cancel', summary: 'Stop at the end of the part it is in', status: 202 },
  readUndo: {
    ...reads,
    method: 'get',
    path: '/imports/{importId}/undo',
    summary: 'Whether an import can be undone, and what stands in the way',
    params: importId,
    answer: undo,
  },
  undoImport: {
    ...writes,
    method: 'post',
    path: '/imports/{importId}/undo',
    summary: 'Take back all an import added',
    description: 'As long as nothing of it was sent, shown or paid. The same file can be imported again afterwards.',
    status: 202,
  },
  listProblems: {
    ...reads,
    method: 'get',
    path: '/imports/{importId}/problems',
    summary: 'Every problem by row and column',
    params: importId,
    query: problemsQuery,
    answer: pageOf('ImportProblemPage', importProblem),
  },
  previewImport: {
    ...reads,
    method: 'get',
    path: '/imports/{importId}/rows',
    summary: 'The first rows as they would look',
    params: importId,
    answer: z.strictObject({ items: z.array(previewRow) }).openapi('ImportPreview'),
  },
  readRejected: {
    ...reads,
    method: 'get',
    path: '/imports/{importId}/rejected',
    summary: 'The rows left out, as a file to correct and import again',
    params: importId,
    answer: { contentType: 'text/csv', description: 'The rejected rows with a column saying why.' },
  },
  readTemplate: {
    ...reads,
    method: 'get',
    path: '/import-templates/{template}',
    summary: 'A file to fill in, with one row that shows how',
    params: z.strictObject({ template: z.enum(ownTemplates.map(({ id }) => id)) }),
    answer: { contentType: 'text/csv', description: 'The headings and an example row.' },
  },
  listOpenings: {
    ...reads,
    method: 'get',
    path: '/customers/{customerId}/openings',
    summary: 'Opening balances and credits of a customer',
    params: customerId,
    answer: z.strictObject({ items: z.array(opening) }).openapi('Openings'),
  },
  addOpening: {
    method: 'post',
    path: '/customers/{customerId}/openings',
    tag,
    access: 'imports:write',
    summary: 'Open a customer’s account with what they owed, or had to their credit',
    description: 'What is owed becomes a hidden invoice of one line; nothing is sent. It is an import of one row and can be undone like one.',
    params: customerId,
    body: openingBody,
    status: 201,
    answer: importDetails,
  },
});
