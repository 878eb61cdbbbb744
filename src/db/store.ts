import { setTimeout as wait } from 'node:timers/promises';
import { errorFields, log } from '../log.ts';
import { type Cluster, startCluster } from './embedded.ts';
import { EmbeddedError } from './embedded-run.ts';
import { embeddedLogins, type Logins } from './logins.ts';
import { type Ownership, takeOwnership } from './ownership.ts';

/** The database server this process works with, embedded or foreign. */
export type Store = Readonly<{
  logins: Logins;
  embedded: boolean;
  /** True when a server left by a killed process was taken over. */
  adopted: boolean;
  /** Gives the server back: stops it when this process owns it. Everything that uses it must be closed before. */
  close: () => Promise<void>;
}>;

/**
 * own: this process runs the server and stops it at the end; a second one is refused. join: use it beside the owner, or own it meanwhile
 * when nobody does.
 */
export type Claim = 'own' | 'join';
type Place = Readonly<{ dataDir: string; databaseUrl: string | null; databaseOwnerUrl: string | null }>;

const asLoginOf = (url: string) => ({ connectionString: url });

/** Reaches the database, starting the embedded server where no DATABASE_URL names another. Throws EmbeddedError with one sentence. */
export async function openStore(place: Place, claim: Claim): Promise<Store> {
  if (place.databaseUrl !== null) {
    const owner = place.databaseOwnerUrl === null ? null : asLoginOf(place.databaseOwnerUrl);
    return { logins: { app: asLoginOf(place.databaseUrl), owner }, embedded: false, adopted: false, close: async () => {} };
  }
  const cluster = await startCluster(place.dataDir);
  const logins = await embeddedLogins(cluster, place.dataDir);
  const keeper = new Keeper(place.dataDir, cluster, logins);
  if (!(await keeper.take()) && claim === 'own') {
    throw new EmbeddedError(`Another instance is running on ${place.dataDir}: stop it first, or set DATA_DIR to another folder.`);
  }
  return { logins, embedded: true, adopted: cluster.adopted, close: () => keeper.close() };
}

/** Holds the embedded server for one process, and brings it back should it die under us. */
class Keeper {
  private ownership: Ownership | null = null;
  private closing = false;
  private readonly dataDir: string;
  private readonly cluster: Cluster;
  private readonly logins: Logins;

  constructor(dataDir: string, cluster: Cluster, logins: Logins) {
    this.dataDir = dataDir;
    this.cluster = cluster;
    this.logins = logins;
  }

  async take(): Promise<boolean> {
    if (!this.logins.owner) return false;
    this.ownership = await takeOwnership(this.logins.owner, () => void this.revive());
    return this.ownership !== null;
  }

  private async revive(): Promise<void> {
    this.ownership = null;
    log.warn('database server lost, starting it again');
    for (let tries = 0; tries < 10 && !this.closing && !this.ownership; tries += 1) {
      await wait(200 * tries);
      try {
        await startCluster(this.dataDir);
        await this.take();
      } catch (error) {
        log.error('database server not back yet', errorFields(error));
      }
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    if (!this.ownership) return;
    await this.ownership.release();
    await this.cluster.stop();
  }
}
