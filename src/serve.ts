import { setTimeout as wait } from 'node:timers/promises';
import { type Base, boot, listenSentence, StartError, step, warnings } from './boot.ts';
import type { Environment } from './config.ts';
import { takePulse } from './db/health.ts';
import { log, say } from './log.ts';
import { serveMetrics } from './metrics-server.ts';
import { prepareDemo } from './prepare-demo.ts';
import { startWorker } from './tasks/worker.ts';
import type { NotReady, Readiness } from './web/health.ts';
import { type HttpServer, listenHttp } from './web/http-server.ts';
import { banner, wire } from './wire.ts';

/** A stop drains requests first, then tasks, then the database; what is not done after 30 seconds in all is left to the next start. */
const drainMs = 8_000;
const stopLimitMs = 30_000;

/** Resolves at the first SIGINT or SIGTERM. npm passes a Ctrl-C on a second time, so only one that comes later than that means "now". */
function stopAsked(): Promise<string> {
  return new Promise((done) => {
    let first: number | null = null;
    const onSignal = (signal: string): void => {
      const now = performance.now();
      if (first === null) {
        first = now;
        done(signal);
      } else if (now - first > 1_500) {
        process.exit(130);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGHUP', onSignal);
  });
}

async function listen(base: Base, app: Parameters<typeof listenHttp>[0]): Promise<HttpServer> {
  const { host, port } = base.config;
  return listenHttp(app, host, port).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(listenSentence(error, host, port));
  });
}

/** What the probes say: nothing is sent here before it is up or once it is about to stop. */
function readinessOf(base: Base, stack: AsyncDisposableStack): { ready: Readiness; say: (phase: NotReady | null) => void } {
  let phase: NotReady | null = 'starting';
  const pulse = takePulse(base.store.logins.app);
  stack.defer(pulse.close);
  return {
    ready: async () => phase ?? (await pulse.ask()),
    say: (next) => {
      phase = next;
    },
  };
}

/** Whatever holds the stop up, the process ends; the database and the next start make good what was cut off. */
function stopAtLatest(): void {
  setTimeout(() => {
    say('  Not everything stopped in time; the next start takes over.');
    process.exit(1);
  }, stopLimitMs).unref();
}

/** The web, with the worker unless `--no-worker`. Answers the exit code once it has stopped cleanly. */
export async function serve(env: Environment, args: readonly string[]): Promise<number> {
  const started = performance.now();
  const asked = stopAsked();
  await using stack = new AsyncDisposableStack();
  const base = await boot(env, 'own');
  stack.defer(base.close);
  const readiness = readinessOf(base, stack);
  const wired = await wire(base, readiness.ready);
  stack.defer(wired.close);
  const metrics = await serveMetrics({ ...base, ready: readiness.ready, listeners: wired.deps.live.listeners });
  stack.defer(async () => metrics?.close());
  await prepareDemo({ base, deps: wired.deps });
  if (!args.includes('--no-worker')) {
    const worker = await step('Starting the worker', () => startWorker({ login: base.store.logins.app, handlers: wired.handlers, ticks: wired.ticks }));
    stack.defer(worker.stop);
  }
  const server = await step('Opening the doors', () => listen(base, wired.app));
  stack.defer(() => server.drain(drainMs));
  readiness.say(null);
  say(`  Ready in ${((performance.now() - started) / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`);
  for (const line of [...warnings(base.config), ...banner(base)]) say(line);
  log.info('serving', { port: server.port });
  const signal = await asked;
  log.info('stopping', { signal });
  say('  Stopping …');
  readiness.say('draining');
  if (signal === 'SIGTERM' && base.config.drainDelayMs > 0) {
    server.retire();
    await wait(base.config.drainDelayMs);
  }
  stopAtLatest();
  await stack.disposeAsync();
  say('  Stopped.');
  return 0;
}

/** The worker alone, beside a serving process or on another machine. */
export async function work(env: Environment): Promise<number> {
  const asked = stopAsked();
  await using stack = new AsyncDisposableStack();
  const base = await boot(env, 'join');
  stack.defer(base.close);
  const readiness = readinessOf(base, stack);
  const wired = await wire(base);
  stack.defer(wired.close);
  const metrics = await serveMetrics({ ...base, ready: readiness.ready, listeners: wired.deps.live.listeners });
  stack.defer(async () => metrics?.close());
  const worker = await startWorker({ login: base.store.logins.app, handlers: wired.handlers, ticks: wired.ticks });
  stack.defer(worker.stop);
  readiness.say(null);
  say('  Working. Ctrl-C stops it once the running tasks are done.');
  await asked;
  readiness.say('draining');
  stopAtLatest();
  await stack.disposeAsync();
  return 0;
}
