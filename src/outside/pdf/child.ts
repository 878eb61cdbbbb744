import { createRequire } from 'node:module';
import type { NodeCompiler as Compiler } from '@myriaddreamin/typst-ts-node-compiler';
import { answerWith, Declined } from '../children/answer.ts';
import { loadFonts } from './fonts.ts';
import { cleanAll } from './letters.ts';
import type { PdfMade, PdfWork } from './renderer.ts';

// A folder that does not exist: the compiler has nothing to read but what is handed in.
const NOWHERE = '/nonexistent';
// Drops what no page has asked for lately, so that memory stays level.
const KEEP_RENDERS = 10;

const require = createRequire(import.meta.url);
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler') as typeof import('@myriaddreamin/typst-ts-node-compiler');
const fonts = loadFonts();
const compiler: Compiler = NodeCompiler.create({ workspace: NOWHERE, fontArgs: [{ fontBlobs: fonts.blobs }] });
let mounted: string[] = [];

answerWith((work: PdfWork): PdfMade => {
  if (/@[\w-]+\//.test(work.template)) throw new Declined('a template may not import packages');
  const replaced = new Set<string>();
  const data = cleanAll(JSON.parse(work.data), fonts.known, replaced);
  mount({ 'data.json': Buffer.from(JSON.stringify(data)), ...work.files });
  const result = compiler.compile({ mainFileContent: work.template, resetRead: true });
  const document = result.result;
  if (!document) throw new Declined(reasonOf(result));
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: work.createdAtSeconds });
  const pages = document.numOfPages;
  compiler.evictCache(KEEP_RENDERS);
  return { pdf, pages, replaced: [...replaced].sort() };
});

function mount(files: Record<string, Uint8Array>): void {
  for (const path of mounted) compiler.unmapShadow(path);
  mounted = Object.keys(files).map((name) => `${NOWHERE}/${name}`);
  for (const [name, bytes] of Object.entries(files)) compiler.mapShadow(`${NOWHERE}/${name}`, Buffer.from(bytes));
}

function reasonOf(result: ReturnType<Compiler['compile']>): string {
  const error = result.takeError();
  const found = error ? compiler.fetchDiagnostics(error) : [];
  return found.map((one: { message?: string }) => one.message ?? 'unknown').join('; ') || 'the page could not be laid out';
}
