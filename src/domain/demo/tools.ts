import type { FileStore, ImageReencoder, Keys } from '../../core/gateways.ts';
import type { Database } from '../../db/pool.ts';
import type { Scope } from '../../db/scope.ts';
import type { Till } from '../payments/payments.ts';
import type { DemoBusiness } from './cast.ts';

/** What preparing the demo needs from outside: the same gateways the product works with, and somebody to press the sandbox's buttons. */
export type DemoTools = Readonly<{
  database: Database;
  keys: Keys;
  files: FileStore;
  images: ImageReencoder;
  till: Till;
  /** Origin of links. */
  appUrl: string;
  /** A small logo and a photo of a drain, drawn here and now. */
  pictures: Readonly<{ logo: (of: DemoBusiness) => Promise<Uint8Array>; drain: () => Promise<Uint8Array> }>;
  /** Sends one queued mail at this moment of the scope (role system), as the worker would. */
  deliver: (scope: Scope, mailId: string) => Promise<void>;
  /** Sends a form of the sandbox's pages and answers where it leads. */
  press: (path: string, form: Readonly<Record<string, string>>) => Promise<string>;
  /** The owner's password in the office. */
  password: string;
  /** Called as each business is ready, with the milliseconds it took. */
  onReady: (name: string, ms: number) => void;
}>;

/** One thing to look at: which document, and the link of the person it was sent to. */
export type GuideEntry = Readonly<{
  /** Absent: an invoice. */
  kind?: 'estimate';
  what: string;
  slug: string;
  business: string;
  document: string | null;
  number: string | null;
  link: string | null;
}>;

/** Where everything of the demo is. Holds link addresses, so it is as secret as they are. */
export type DemoGuide = Readonly<{
  entries: readonly GuideEntry[];
  rosa: Readonly<{ business: string; document: string; link: string }>;
  larkspur: Readonly<{ business: string; customer: string }>;
  processing: readonly Readonly<{ business: string; slug: string; payment: string; document: string }>[];
  /** The number of the newest event of each business when the demo was ready: what came later was done by whoever looks at it. */
  readyAt: Readonly<Record<string, string>>;
  apiKey: string;
}>;
