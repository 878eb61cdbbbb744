import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Environment, readConfig } from '../src/config.ts';
import type { Database, Login } from '../src/db/pool.ts';
import { pdfTemplates } from '../src/outgoing/pdf/templates.ts';
import { startImageMaker } from '../src/outside/images/image-maker.ts';
import { makeDkimPair } from '../src/outside/mail/dkim.ts';
import { readMailReports } from '../src/outside/mail/reports/reports.ts';
import { keptGateway } from '../src/outside/mail/smtp.ts';
import { outboundClient } from '../src/outside/outbound/outbound.ts';
import { startPdfRenderer } from '../src/outside/pdf/renderer.ts';
import { localFileStore } from '../src/outside/storage/file-store.ts';
import { createApp } from '../src/web/app.ts';
import type { Deps } from '../src/web/context.ts';
import { startLive } from '../src/web/live.ts';
import { createTestDatabase, type TestDatabase } from './db.ts';
import { testKeys } from './small-business.ts';

export const testOrigin = 'http://localhost:3999';

/** The whole web on a database of its own, with the real gateways that need no network. */
export type TestWeb = Readonly<{ app: ReturnType<typeof createApp>; deps: Deps; database: Database; login: Login; owner: Login; close: () => Promise<void> }>;

export async function createTestWeb(environment: Environment = {}, size = 8): Promise<TestWeb> {
  const db: TestDatabase = await createTestDatabase(size);
  const dataDir = mkdtempSync(join(tmpdir(), 'invoice-web-'));
  const config = readConfig({ DATA_DIR: dataDir, APP_URL: testOrigin, DEMO: '0', API_RATE: '99999', ...environment });
  const images = startImageMaker();
  const pdf = startPdfRenderer(pdfTemplates);
  const live = await startLive(db.login, db.database);
  const deps: Deps = {
    config,
    database: db.database,
    keys: testKeys,
    files: localFileStore(dataDir),
    pdf,
    images,
    mail: keptGateway,
    mailReports: readMailReports,
    dns: async () => ({ kind: 'unknown' }),
    dkimPair: makeDkimPair,
    cards: {},
    sandboxUrl: null,
    live,
    outbound: outboundClient({ loopback: config.webhooksToLoopback }),
    now: () => Temporal.Now.instant(),
  };
  const close = async (): Promise<void> => {
    await Promise.all([live.close(), images.close(), pdf.close()]);
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { app: createApp(deps), deps, database: db.database, login: db.login, owner: db.owner, close };
}

/** One web for the whole test file. */
export function testWeb(environment: Environment = {}): () => TestWeb {
  let made: TestWeb | null = null;
  beforeAll(async () => {
    made = await createTestWeb(environment);
  });
  afterAll(async () => {
    await made?.close();
  });
  return () => {
    if (made === null) throw new Error('the web of a test exists inside tests only');
    return made;
  };
}
