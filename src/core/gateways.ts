import type { Locale } from './locale.ts';
import type { DisputeNews, RefundNews, RefundOutcome, RefundRequest } from './money-back.ts';
import type { AccountOf, BalanceEntry, BalanceLists, KeyCheck, ListedAtProcessor, NoticeDoor, PayoutNews, ProcessorAccount } from './processor-accounts.ts';

export type {
  AccountOf,
  BalanceEntry,
  BalanceLists,
  DisputeNews,
  KeyCheck,
  ListedAtProcessor,
  NoticeDoor,
  PayoutNews,
  ProcessorAccount,
  RefundNews,
  RefundOutcome,
  RefundRequest,
};

/**
 * The foreign systems, as the domain knows them. `main` builds the real ones and hands them in. Every outcome is
 * data: a foreign "no" or a silence is never an exception, and `unknown` means the truth must be fetched first.
 */

export type PayMethod = 'card' | 'bank';

export type CheckoutRequest = {
  /** Id of the committed payment attempt; the processor gets it as metadata and we find our row by it. */
  attempt: string;
  business: string;
  amountMinor: bigint;
  currency: string;
  /** Who is paid, as the payer knows them. */
  payee: string;
  /** What the payer reads on the processor's page: "Invoice 1042". */
  description: string;
  returnUrl: string;
  cancelUrl: string;
  methods: readonly PayMethod[];
  /** Same key and same request = same checkout, however often it is sent. */
  idempotencyKey: string;
  locale: Locale;
  payerEmail: string | null;
};

export type CheckoutOutcome = { kind: 'open'; url: string; session: string } | { kind: 'refused'; reason: string } | { kind: 'unknown' };

export type FailureReason =
  | 'declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'confirmation_failed'
  | 'account_closed'
  | 'returned_by_bank'
  | 'not_authorized'
  | 'canceled'
  | 'expired'
  /** The payer's bank wants to ask the payer, who was not there. */
  | 'needs_confirmation'
  | 'other';

type Settled = {
  method: PayMethod;
  amountMinor: bigint;
  currency: string;
  /** the processor's id of the payment */
  reference: string;
  /** what the payer knows it by: "Visa •••• 4242" */
  label?: string;
};

/** What the processor says about one attempt. `none`: it never heard of it, so nothing was or will be charged by it. */
export type AttemptOutcome =
  | { kind: 'none' }
  | { kind: 'open'; session: string; url: string | null }
  | { kind: 'expired'; session: string }
  | ({ kind: 'processing' } & Settled)
  | ({ kind: 'succeeded' } & Settled)
  | ({ kind: 'failed'; failure: FailureReason } & Partial<Settled>)
  | ({ kind: 'returned'; failure: FailureReason } & Settled)
  | { kind: 'unknown' };

/** A notice whose signature held. It is a hint to look: what settles is the state it carries, checked against our row. */
export type GatewayEvent = {
  kind: 'event';
  /** The processor's id of the notice; the same id twice is the same notice. */
  id: string;
  account: string | null;
  liveMode: boolean;
  attempt: string | null;
  /** The processor's id of the payment it is about: where `attempt` is null, our row is found by it. */
  payment: string | null;
  /** What it says of the attempt, of a refund, of a dispute; all null: a kind of notice we store and do nothing about. */
  outcome: Exclude<AttemptOutcome, { kind: 'none' | 'unknown' }> | null;
  refund: RefundNews | null;
  dispute: DisputeNews | null;
  type: string;
  createdUnixS: number;
  /** The business the notice's own notes name; another than the one whose secret signed it is kept aside. */
  business?: string | null;
  /** It says that something changed and not what: the truth is to be fetched. */
  look?: boolean;
};

export type EventOutcome = GatewayEvent | { kind: 'refused'; reason: 'missing' | 'wrong' | 'stale' | 'future' | 'malformed' };

/** A card or bank account that a payer lets us keep a reference of. Its numbers stay with the processor. */
export type SetupRequest = {
  /** Id of our committed row; the processor gets it as metadata and we find the row by it. */
  setup: string;
  business: string;
  /** Our own name of whose it is: the same payer has one holder at the processor, however many methods they add. */
  payerRef: string;
  methods: readonly PayMethod[];
  payee: string;
  returnUrl: string;
  cancelUrl: string;
  locale: Locale;
  payerEmail: string | null;
  idempotencyKey: string;
};

export type KeptMethod = {
  method: PayMethod;
  /** the processor's id of the method, and of whom it belongs to there */
  reference: string;
  holder: string;
  /** "Visa •••• 4242" */
  label: string;
  /** Cards have one; the last day it works is the last of that month. */
  expires: { month: number; year: number } | null;
};

/** What became of a setup. `none`: the processor never heard of it. */
export type SetupOutcome =
  | ({ kind: 'saved' } & KeptMethod)
  | { kind: 'open'; session: string; url: string | null }
  | { kind: 'expired' | 'none' | 'unknown' }
  | { kind: 'failed'; failure: FailureReason };

/** A charge of a saved method while the payer is not at the processor's page. */
export type SavedChargeRequest = {
  /** Id of the committed attempt, as in a checkout. */
  attempt: string;
  business: string;
  reference: string;
  holder: string;
  method: PayMethod;
  amountMinor: bigint;
  currency: string;
  description: string;
  /** Follows from the attempt: sent again it is the same charge. */
  idempotencyKey: string;
};

export type CardGateway = BalanceLists & {
  /** A name for logs and stored rows: `stripe`, `sandbox`. */
  readonly name: string;
  /** null: this business has nothing connected here. */
  noticeDoor(business: string): Promise<NoticeDoor | null>;
  /** Where payers are sent, for the pay page's policy; null: a page of our own. */
  readonly payOrigin: string | null;
  /** Asks the processor what a key opens, before it is kept. Absent where a business needs no key. */
  checkKey?(key: string): Promise<KeyCheck>;
  /** Everything the processor has told since then, whether it arrived or not, oldest first. Absent where nothing can be lost. */
  pastEvents?(of: { business: string; sinceUnixS: number }): Promise<{ kind: 'heard'; events: readonly GatewayEvent[] } | { kind: 'unknown' }>;
  /** Every payment begun since then, to be held against our own books. */
  listPayments?(of: { business: string; sinceUnixS: number }): Promise<{ kind: 'listed'; payments: readonly ListedAtProcessor[] } | { kind: 'unknown' }>;
  createCheckout(request: CheckoutRequest): Promise<CheckoutOutcome>;
  /** `holder`: of an attempt at a saved method, whose it is; that is where the processor finds it without a session. */
  fetchAttempt(of: { attempt: string; business: string; session: string | null; holder?: string | null }): Promise<AttemptOutcome>;
  /** Closes an open checkout so that nobody can pay it any more. `too_late`: it was paid or is being paid; fetch it. */
  expireCheckout(of: { attempt: string; business: string; session: string }): Promise<{ kind: 'expired' | 'too_late' | 'unknown' }>;
  /** Opens the processor's page where a payer saves a card or bank account. Nothing is charged. */
  createSetup(request: SetupRequest): Promise<CheckoutOutcome>;
  fetchSetup(of: { setup: string; business: string; session: string | null }): Promise<SetupOutcome>;
  /** Charges a saved method, once for each key. `failed` is final: nothing was and will be charged by this attempt. Gives up within 40 s as `unknown`. */
  chargeSaved(request: SavedChargeRequest): Promise<AttemptOutcome>;
  /** Takes a saved method away at the processor. One it does not know is `gone`. */
  forgetMethod(of: { business: string; reference: string }): Promise<'gone' | 'unknown'>;
  /** Gives money back to the card or account it came from. Called with no transaction open, after our own row was committed. */
  refund(request: RefundRequest): Promise<RefundOutcome>;
  /** What became of a refund of ours. `reference`: the processor's id of the payment. `none`: it never heard of it, so nothing went back. */
  fetchRefund(of: { refund: string; attempt: string; business: string; reference: string }): Promise<RefundOutcome | { kind: 'none' }>;
  /** Checks the bytes as they came. Older or newer than 300 s is refused; any of the secrets may match. */
  verifyEvent(rawBody: Uint8Array, headers: Readonly<Record<string, string | undefined>>, secrets: readonly string[], nowUnixS: number): EventOutcome;
};

export type MailAddress = { name: string; address: string };

export type OutgoingMail = {
  from: MailAddress;
  replyTo: MailAddress | null;
  /** Exactly one: nobody learns who else got it. */
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** Ours, made before the first try and kept for every retry. */
  messageId: string;
  headers: Readonly<Record<string, string>>;
  /** The key of the sender's own domain; absent when it comes from the host's address. */
  signWith?: Readonly<{ domain: string; selector: string; privateKey: string }> | null;
  /** Where what comes back is sent: the host's address, whoever writes. The sender's own when absent. */
  returnPath?: string;
  attachments: readonly { name: string; contentType: string; bytes: Uint8Array }[];
};

export type MailOutcome =
  | { kind: 'sent'; providerId: string | null }
  /** No mail server is set: the mail is kept in the outbox and shown there. */
  | { kind: 'kept' }
  /** The address does not take mail; do not try again. */
  | { kind: 'bounced'; reason: string }
  /** The connection broke after the body was handed over: it may have left. One retry with the same Message-ID is fine. */
  | { kind: 'unknown' }
  | { kind: 'retry'; reason: string };

export type MailGateway = { send(mail: OutgoingMail): Promise<MailOutcome> };

/** That a mail came back for good, or was called unwanted. `messageId` without its brackets. */
export type MailReport = { what: 'bounced' | 'complained'; messageId: string; recipient: string; reason: string };

/** The reports in what a provider or mail server handed over; null for what cannot be read. */
export type ReadMailReports = (from: string, body: Uint8Array) => Promise<readonly MailReport[] | null>;

/** TXT records of a name in the DNS; none is an empty list, `unknown` is nobody's answer. */
export type TextRecords = (name: string) => Promise<{ kind: 'found'; texts: readonly string[] } | { kind: 'unknown' }>;

/** Content-addressed bytes: `business` + SHA-256 in hex. Putting the same bytes twice is one file. */
export type FileStore = {
  put(business: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }>;
  /** null when there is no such file for this business. */
  get(business: string, sha256: string): Promise<Uint8Array | null>;
  has(business: string, sha256: string): Promise<boolean>;
  /** `put` for what is too large for memory: written as it comes. */
  putStream(business: string, source: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }>;
  /** `get` piece by piece. */
  stream(business: string, sha256: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Takes a file away for good; one that is not there is no error. */
  remove(business: string, sha256: string): Promise<void>;
  /** Takes away every file of a business. */
  removeAll(business: string): Promise<void>;
};

export type PdfRequest = {
  /** Name of a template that ships with the product. */
  template: string;
  /** JSON the template reads; no bigint, amounts already as words. */
  data: unknown;
  /** Images by the name the template uses. */
  images: Readonly<Record<string, Uint8Array>>;
  /** Sets the date inside the file, so that the same input is the same bytes. */
  createdUnixS: number;
};

export type PdfOutcome =
  | { kind: 'rendered'; bytes: Uint8Array /** letters outside the shipped fonts, replaced and listed */; replaced: readonly string[] }
  | { kind: 'failed'; reason: string };

export type PdfRenderer = { render(request: PdfRequest): Promise<PdfOutcome> };

export type Picture = { bytes: Uint8Array; contentType: 'image/png' | 'image/jpeg' | 'image/webp'; width: number; height: number };

/** `unavailable`: nothing is wrong with the picture; trying again may help. */
export type PictureRefused = { kind: 'refused'; reason: 'type' | 'too_large' | 'unreadable' | 'unavailable' };

export type ImageReencoder = {
  /** Decodes and writes anew: no metadata, no original bytes. Sides are shrunk to `maxSide` pixels, never enlarged; `same` keeps the format. */
  reencode(bytes: Uint8Array, as: { format: 'png' | 'jpeg' | 'webp' | 'same'; maxSide: number }): Promise<({ kind: 'encoded' } & Picture) | PictureRefused>;
  /** A logo in two sizes: WebP for pages (4 KB where the picture allows it) and PNG for PDFs and mails. */
  logo(bytes: Uint8Array): Promise<{ kind: 'logo'; page: Picture; print: Picture } | PictureRefused>;
};

export type OutboundRequest = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** `refused`: nothing was sent, the address may not be asked. `failed`: there was no answer. `text`: the first 1,024 characters of one. */
export type OutboundOutcome =
  | { kind: 'answered'; status: number; retryAfter: string | null; text: string; durationMs: number }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string; durationMs: number };

/** For addresses that somebody typed. It cannot be led to a machine inside. */
export type Outbound = { post(request: OutboundRequest): Promise<OutboundOutcome> };

/** Secrets derived from APP_SECRET, so that the database holds none. Each is a pure function of its arguments. */
export type Keys = {
  /** 256 bits as base64url: what the link's address and cookie carry. */
  linkToken(business: string, linkId: string): string;
  /** Six digits. */
  signInCode(id: string): string;
  /** HMAC-SHA256 as base64url. */
  mac(text: string): string;
  /** A secret for the database: AES-256-GCM, `v1.` and what it takes to open it again. `of` names whose it is; elsewhere it does not open. */
  seal(secret: string, of: string): string;
  /** null: sealed under another APP_SECRET, for somebody else, or changed since. */
  unseal(sealed: string, of: string): string | null;
};
