import pg from 'pg';
import { clientConfig, type Login } from './pool.ts';

/** One number for "this process runs the embedded server". */
const lockKey = 7_205_759_404;

export type Ownership = Readonly<{ release: () => Promise<void> }>;

/**
 * Takes the embedded server for this process alone, by a session lock that the database frees the moment the process is gone, however it
 * went. Answers null when another living process holds it. `onLost` is called once if the connection breaks before `release`.
 */
export async function takeOwnership(owner: Login, onLost: () => void): Promise<Ownership | null> {
  const client = new pg.Client({ ...clientConfig(owner, 'service-invoice-pro owner'), keepAlive: true });
  let watched = false;
  const lost = (): void => {
    if (!watched) return;
    watched = false;
    onLost();
  };
  client.on('error', lost);
  client.on('end', lost);
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockKey]);
  if (!rows[0]?.taken) {
    await client.end();
    return null;
  }
  watched = true;
  const release = async (): Promise<void> => {
    watched = false;
    await client.end();
  };
  return { release };
}
