import { createRequire } from 'node:module';
import type { NodeCompiler as Compiler } from '@myriaddreamin/typst-ts-node-compiler';
import { answerWith, Declined } from '../children/answer.ts';
import { loadFonts } from './fonts.ts';
import { cleanAll } from './letters.ts';
import type { PdfWork } from './renderer.ts';

// A folder that does not exist: the compiler has nothing to read but what is handed in.
const NOWHERE = '/nonexistent';
// The compiler remembers every layout. Forgetting takes a millisecond, so it is done now and then and after the answer has left.
const FORGET_EVERY = 8;
const MAX_DATA_CHARS = 8_000_000;

const require = createRequire(import.meta.url);
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler') as typeof import('@myriaddreamin/typst-ts-node-compiler');
const fonts = loadFonts();
const compiler: Compiler = NodeCompiler.create({ workspace: NOWHERE, fontArgs: [{ fontBlobs: fonts.blobs }] });
let mounted: string[] = [];
let renders = 0;

answerWith((work: PdfWork) => {
  if (/@[\w-]+\//.test(work.source)) throw new Declined('a template may not import packages');
  const replaced = new Set<string>();
  const data = JSON.stringify(cleanAll(work.data, fonts.known, replaced));
  if (data.length > MAX_DATA_CHARS) throw new Declined('too much text for one document');
  mount({ ...work.images, 'data.json': Buffer.from(data) });
  const result = compiler.compile({ mainFileContent: work.source, resetRead: true });
  const document = result.result;
  if (!document) throw new Declined(reasonOf(result));
  const bytes = compiler.pdf(document, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: work.createdUnixS });
  renders += 1;
  if (renders % FORGET_EVERY === 0) setImmediate(() => compiler.evictCache(1));
  return { kind: 'rendered', bytes: new Uint8Array(bytes), replaced: [...replaced].sort() } as const;
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
