import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Config } from '../config.ts';
import type { CardGateway, FileStore, ImageReencoder, Keys, MailGateway, Outbound, PdfRenderer, ReadMailReports, TextRecords } from '../core/gateways.ts';
import type { OwnerWork } from '../db/erase/owner-work.ts';
import type { Database } from '../db/pool.ts';
import type { DemoControl } from './demo/guide.ts';
import type { Readiness } from './health.ts';
import type { Live } from './live.ts';

/** Everything the web needs, built by `main` and handed down. Nothing here is global. */
export type Deps = Readonly<{
  config: Config;
  database: Database;
  keys: Keys;
  files: FileStore;
  pdf: PdfRenderer;
  images: ImageReencoder;
  mail: MailGateway;
  /** Reads what a mail provider or server says about mails that came back. */
  mailReports: ReadMailReports;
  /** Looks for TXT records of a sending domain. */
  dns: TextRecords;
  /** A new pair of keys for signing mail. */
  dkimPair: () => Promise<Readonly<{ publicKey: string; privateKey: string }>>;
  /** Processors by the name a business stores: `sandbox`. */
  cards: Readonly<Record<string, CardGateway>>;
  /** Where the sandbox processor listens, when it runs: its pages are served under /sandbox. */
  sandboxUrl: string | null;
  live: Live;
  /** For addresses somebody typed. */
  outbound: Outbound;
  /** Whether this process may be sent requests; absent where nobody asks. */
  ready?: Readiness;
  /** What only the owner of the tables can do; absent where this process does not know that login. For tasks. */
  ownerWork?: OwnerWork;
  /** With DEMO=1 in a serving process: the guide and its reset. */
  demo?: DemoControl;
  /** The clock of the process, for throttles and signatures; what is written to the books takes the transaction's time. */
  now: () => Temporal.Instant;
}>;

export type WebEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** Whose business it turned out to be about: its log line says so. */
    business?: string;
    /** The request was counted against a key or session. */
    counted?: boolean;
    /** Who asks, where proxies of our own stand in front. */
    caller?: string;
    /** Which page of the portal it is: not every one is open to whoever a document was shared with. */
    room?: string;
    /** One per response, for the few inline styles and scripts a page has. */
    nonce: string;
  };
};
export type WebContext = Context<WebEnv>;

/** The address of the caller: as the socket knows it, or as the host's own proxies say (TRUSTED_PROXIES). Nobody else's word is taken. */
export function callerAddress(c: WebContext): string {
  const known = c.get('caller');
  if (known !== undefined) return known;
  const address = c.env?.incoming?.socket?.remoteAddress ?? '0.0.0.0';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
