import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Base, StartError } from './boot.ts';
import { forgetBusinesses } from './db/forget.ts';
import type { Scope } from './db/scope.ts';
import { readDemoFile, writeDemoFile } from './demo-file.ts';
import { demoBusinesses } from './domain/businesses/businesses.ts';
import { deadAddresses, owner } from './domain/demo/cast.ts';
import { type DemoGuide, type DemoTools, seedDemo } from './domain/demo/demo.ts';
import { beginTry, endMailTry } from './domain/mails/mails.ts';
import { letterOf } from './domain/outbox/outbox.ts';
import { say } from './log.ts';
import { mailPlaces } from './outgoing/mails/mail-places.ts';
import { renderMail } from './outgoing/mails/render-mail.ts';
import { demoLogo, drainPhoto } from './outside/demo/pictures.ts';
import { invented } from './outside/mail/demo-post.ts';
import { href } from './routes.ts';
import type { Deps } from './web/context.ts';

const guidePath = (dataDir: string): string => join(dataDir, 'demo-guide.json');

/** Where everything of the demo is; null while there is none. */
export function readGuide(dataDir: string): DemoGuide | null {
  return existsSync(guidePath(dataDir)) ? (JSON.parse(readFileSync(guidePath(dataDir), 'utf8')) as DemoGuide) : null;
}

/** Written last of all: with it the demo is whole. */
function writeGuide(dataDir: string, guide: DemoGuide): void {
  const made = `${guidePath(dataDir)}.${process.pid}`;
  writeFileSync(made, JSON.stringify(guide), { mode: 0o600 });
  renameSync(made, guidePath(dataDir));
}

type Parts = Readonly<{ base: Base; deps: Deps }>;

/** Whether the demo is to be prepared: none yet, or one whose preparing was cut off. */
async function isMissing({ base, deps }: Parts): Promise<boolean> {
  if (!base.config.demo) return false;
  return readGuide(base.config.dataDir) === null || (await demoBusinesses(deps.database)).length === 0;
}

/** At the first start with DEMO=1 the invented businesses are prepared, with progress; later starts find them. */
export async function prepareDemo(parts: Parts): Promise<void> {
  if (!(await isMissing(parts))) return;
  say('  Preparing the demo …');
  await makeDemo(parts, (name, ms) => say(`    ${name.padEnd(32, ' ')} ${seconds(ms)} s`));
}

const seconds = (ms: number): string => (ms / 1000).toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** Throws the demo away and tells it anew, with today's dates. The sign-in stays the same. Refused where the tables belong to somebody else. */
export async function resetDemo(parts: Parts): Promise<void> {
  await makeDemo(parts, () => {});
}

async function makeDemo({ base, deps }: Parts, onReady: DemoTools['onReady']): Promise<void> {
  const { config, store, database } = base;
  const old = await demoBusinesses(database);
  if (old.length > 0) {
    if (store.logins.owner === null) throw new StartError('The demo is set back by the owner of the tables: set DATABASE_OWNER_URL.');
    rmSync(guidePath(config.dataDir), { force: true });
    await forgetBusinesses(
      store.logins.owner,
      old.map(({ id }) => id),
    );
  }
  const password = readDemoFile(config.dataDir, config.appUrl)?.office.password ?? `demo-${randomBytes(9).toString('base64url')}`;
  const guide = await seedDemo(toolsOf(deps, password, onReady), deps.now());
  writeDemoFile(config.dataDir, {
    office: { url: config.appUrl + href('office', {}), email: owner.email, password },
    apiKey: guide.apiKey,
    customerLink: config.appUrl + guide.rosa.link,
    mailbox: `${config.appUrl}/demo/mailbox`,
  });
  writeGuide(config.dataDir, guide);
}

/** The tools of the demo are those of the product. */
export function toolsOf(deps: Deps, password: string, onReady: DemoTools['onReady']): DemoTools {
  const { database, keys, files, images, cards, sandboxUrl, config } = deps;
  return {
    ...{ database, keys, files, images, password, onReady },
    till: { database, keys, cards },
    appUrl: config.appUrl,
    pictures: { logo: demoLogo, drain: drainPhoto },
    deliver: (scope, mailId) => deliver(scope, deps, mailId),
    press: async (path, form) => {
      const answer = await fetch(`${sandboxUrl}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
      return answer.headers.get('location') ?? path;
    },
  };
}

/** As the worker sends it, at the moment of the scope. The task that was queued with it finds it sent. */
async function deliver(scope: Scope, { keys, config }: Deps, mailId: string): Promise<void> {
  const begun = await beginTry(scope, mailId);
  if (begun.kind !== 'send') return;
  const letter = await letterOf(scope, { keys, places: mailPlaces(config.appUrl) }, begun.mail);
  const { subject } = await renderMail(letter.kind, letter.facts as never, letter.locale);
  await endMailTry(scope, begun.mail, invented(begun.mail.to_address, deadAddresses) ?? { kind: 'kept' }, subject);
}
