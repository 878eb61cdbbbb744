import pg from 'pg';
import { errorFields, log } from '../log.ts';
import { clientConfig, type Login } from './pool.ts';

export type Listening = Readonly<{ close: () => Promise<void> }>;

/**
 * One connection that hears NOTIFY on `channel` for as long as the process lives. After a cut it comes back by itself and calls `onReturn`:
 * what was sent meanwhile is lost, so the listener then reads the feed from the last seq it knows.
 */
export async function listen(login: Login, channel: string, onMessage: (payload: string) => void, onReturn: () => void): Promise<Listening> {
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;

  const again = (): void => {
    client = null;
    if (closed) return;
    attempt += 1;
    const pauseMs = Math.min(100 * 2 ** attempt, 5_000);
    timer = setTimeout(() => {
      connect().then(onReturn, (error: unknown) => {
        log.warn('live feed not reached', errorFields(error));
        again();
      });
    }, pauseMs);
  };

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client(clientConfig(login, 'service-invoice-pro live'));
    let lost = false;
    const onLost = (): void => {
      if (lost || client !== fresh) return;
      lost = true;
      again();
    };
    fresh.on('error', onLost);
    fresh.on('end', onLost);
    fresh.on('notification', (message) => onMessage(message.payload ?? ''));
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = fresh;
    attempt = 0;
  };

  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
