import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** Carries bytes from a port of its own to wherever it is told, connection by connection; it can be cut and joined again. */
export type TcpProxy = Readonly<{
  port: number;
  /** Ends what is open and refuses what comes, until joined again. */
  cut: () => void;
  join: () => void;
  close: () => Promise<void>;
}>;

/** `targets` names, for each connection, where to try in turn; the first that answers gets it. */
export async function startTcpProxy(targets: () => readonly NetConnectOpts[]): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer({ allowHalfOpen: false, pauseOnConnect: true }, (client) => {
    keep(client);
    if (!whole) return void client.destroy();
    void reach(targets()).then((upstream) => {
      if (upstream === null) return void client.destroy();
      keep(upstream);
      upstream.once('close', () => client.end());
      client.once('close', () => upstream.destroy());
      client.pipe(upstream).pipe(client);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    join: () => {
      whole = true;
    },
    close: async () => {
      cut();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

async function reach(targets: readonly NetConnectOpts[]): Promise<Socket | null> {
  for (const target of targets) {
    const socket = connect(target);
    const reached = await new Promise<boolean>((done) => socket.once('connect', () => done(true)).once('error', () => done(false)));
    if (reached) return socket;
  }
  return null;
}
