// Owns an embedded server until it is killed. Says so once it does.
import { openStore } from '../src/db/store.ts';

await openStore({ dataDir: process.argv[2] ?? '', databaseUrl: null, databaseOwnerUrl: null }, 'own');
process.stdout.write('owning\n');
setInterval(() => {}, 60_000);
