import type { SandboxSettings } from './model.ts';
import { serveSandbox } from './server.ts';

/** The sandbox as a process of its own: told its settings by its parent, ends with it. */
process.once('message', (settings: SandboxSettings) => {
  serveSandbox(settings, () => Temporal.Now.instant().epochMilliseconds).then(
    (running) => {
      process.send?.({ port: running.port });
      const end = (): void => void running.close().then(() => process.exit(0));
      process.once('disconnect', end);
      process.once('SIGTERM', end);
      // The terminal sends Ctrl-C to the whole group; the parent decides when this ends.
      process.on('SIGINT', () => {});
    },
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }, () => process.exit(1)),
  );
});
