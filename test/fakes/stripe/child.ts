import { serveStripe } from './server.ts';

// A process of its own for tests: it tells its parent where it listens.
const { url } = await serveStripe(Number(process.argv[2] ?? '0'));
process.send?.({ url });
process.on('disconnect', () => process.exit(0));
