import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/**
 * Carries PostgreSQL's bytes from a port of its own. It can lose one answer: that a transaction is committed. The database has committed, and
 * whoever asked finds its connection ended.
 */
export type LosingProxy = Readonly<{
  port: number;
  /** Loses the next such answer to a transaction that sent this text. Resolves once it is lost. */
  loseCommitOf: (text: string) => Promise<void>;
  close: () => Promise<void>;
}>;

/** CommandComplete, eleven bytes long, of a COMMIT. */
const committed = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');
const rolledBack = Buffer.from('C\0\0\0\x0dROLLBACK\0', 'latin1');

export async function startLosingProxy(target: () => NetConnectOpts): Promise<LosingProxy> {
  const open = new Set<Socket>();
  let awaited: { text: string; lost: () => void } | null = null;
  const server = createServer((client) => {
    const upstream = connect(target());
    let sent = '';
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).once('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes: Buffer) => {
      sent += bytes.toString('latin1');
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (bytes.includes(committed) && awaited !== null && sent.includes(awaited.text)) {
        end();
        awaited.lost();
        awaited = null;
        return;
      }
      if (bytes.includes(committed) || bytes.includes(rolledBack)) sent = '';
      client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    loseCommitOf: (text) =>
      new Promise((lost) => {
        awaited = { text, lost };
      }),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
