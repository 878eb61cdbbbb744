import { z } from '@hono/zod-openapi';
import { limits, textLimits } from '../../../core/limits.ts';
import { operations } from './operation.ts';
import { pageOf, pageQuery } from './page.ts';
import { count, filledText, idOf, instant } from './values.ts';

/** Bringing in what a business already has, from CSV files. */

export const importKind = z.enum(['customers', 'invoices']);
export const importProblem = z
  .strictObject({
    row: z.int().min(1).openapi({ description: 'Line of the file, counted as a spreadsheet does.' }),
    column: z.string(),
    code: z.string(),
    value: z.string(),
    message: z.string(),
  })
  .openapi('ImportProblem');
export const importResult = z
  .strictObject({
    id: idOf('import'),
    kind: importKind,
    fileName: z.string(),
    checkOnly: z.boolean().openapi({ description: 'The file was read and judged; nothing was added.' }),
    state: z.enum(['running', 'done', 'failed']),
    rowsRead: count,
    added: count,
    unchanged: count.openapi({ description: 'Already there: the same file twice adds nothing.' }),
    rejected: count.openapi({ description: 'Rows left out; an invoice comes in whole or not at all.' }),
    problems: z.array(importProblem).openapi({ description: 'The first ones.' }),
    columns: z
      .array(z.strictObject({ column: z.string(), meaning: z.string().nullable() }))
      .openapi({ description: 'What each column of the file was taken for; null: not used.' }),
    hasRejectedFile: z.boolean(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .openapi('Import');

const importId = z.strictObject({ importId: idOf('import') });
const uploadQuery = z.strictObject({
  kind: importKind,
  fileName: filledText(textLimits.fileName, 'customers.csv'),
  mode: z.enum(['check', 'import']).optional().openapi({ description: '`check` reads and judges, adds nothing.' }),
});
const tag = 'Imports';
export const importOperations = operations({
  listImports: {
    method: 'get',
    path: '/imports',
    tag,
    access: 'imports:read',
    summary: 'Imports, newest first',
    query: z.strictObject(pageQuery),
    status: 200,
    answer: pageOf('ImportPage', importResult),
  },
  startImport: {
    method: 'post',
    path: '/imports',
    tag,
    access: 'imports:write',
    summary: 'Upload a CSV file',
    description: 'Commas or semicolons, with or without a byte order mark. The answer may still say `running`; read it again.',
    query: uploadQuery,
    upload: { types: ['text/csv'], maxBytes: limits.importBodyBytes },
    status: 202,
    answer: importResult,
  },
  readImport: {
    method: 'get',
    path: '/imports/{importId}',
    tag,
    access: 'imports:read',
    summary: 'How an import went',
    params: importId,
    status: 200,
    answer: importResult,
  },
  readRejected: {
    method: 'get',
    path: '/imports/{importId}/rejected',
    tag,
    access: 'imports:read',
    summary: 'The rows left out, as a file to correct and import again',
    params: importId,
    status: 200,
    answer: { contentType: 'text/csv', description: 'The rejected rows with a column saying why.' },
  },
});
