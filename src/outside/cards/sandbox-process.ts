import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { log } from '../../log.ts';
import type { SandboxSettings } from './sandbox/model.ts';

export type SandboxProcess = Readonly<{
  /** Where it listens, on the loopback. Stays the same when it has to be started again. */
  url: string;
  pid: () => number | undefined;
  close: () => Promise<void>;
}>;

type Told = { port: number } | { failed: string };

/** Starts the sandbox processor as a process of its own and starts it again, on the same port, should it die. Resolves once it listens. */
export async function startSandbox(settings: Omit<SandboxSettings, 'port' | 'knobs' | 'bankAfterMs'> & Partial<SandboxSettings>): Promise<SandboxProcess> {
  let closing = false;
  const wanted: SandboxSettings = { port: 0, knobs: false, bankAfterMs: null, ...settings };
  let { child, port } = await begin(wanted);
  const watch = (watched: ChildProcess): void => {
    watched.once('exit', (code, signal) => {
      if (closing) return;
      log.warn('the sandbox processor died and is started again', { code, signal });
      setTimeout(() => {
        if (closing) return;
        begin({ ...wanted, port }).then(
          (again) => {
            child = again.child;
            if (closing) child.kill('SIGTERM');
            else watch(child);
          },
          (error: unknown) => log.error('the sandbox processor does not start', { error: String(error) }),
        );
      }, 300);
    });
  };
  watch(child);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: () => child.pid,
    close: async () => {
      closing = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000);
      await ended;
      clearTimeout(late);
    },
  };
}

function begin(settings: SandboxSettings): Promise<{ child: ChildProcess; port: number }> {
  const script = fileURLToPath(new URL('./sandbox/child', import.meta.url)) + (import.meta.url.endsWith('.ts') ? '.ts' : '.js');
  // It sees none of the server's environment, so none of its secrets.
  const child = fork(script, [], {
    env: { NODE_ENV: 'production' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((done, fail) => {
    child.once('message', (told: Told) => ('port' in told ? done({ child, port: told.port }) : fail(new Error(told.failed))));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`it ended with ${code}`)));
    child.send(settings);
  });
}
