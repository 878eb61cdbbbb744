// The compiled product as a host runs it, but for two things: it can be told, by a signal, at which point to die as in a power cut,
// and with DEMO=1 it has the sandbox processor and no invented businesses.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const nothingToPrepare =
  'data:text/javascript,export const prepareDemo = async () => {}; export const resetDemo = prepareDemo; export const readGuide = () => null;';
registerHooks({
  resolve: (specifier, context, next) => (specifier.endsWith('/prepare-demo.js') ? { url: nothingToPrepare, shortCircuit: true } : next(specifier, context)),
});
const { armCrashPoint } = await import('../dist/db/crash-point.js');
process.on('SIGUSR2', () => {
  armCrashPoint(readFileSync(process.env.CRASH_FILE, 'utf8'));
  process.stdout.write('  armed\n');
});
await import('../dist/main.js');
