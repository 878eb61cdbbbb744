import type { InvoiceView } from '../../../domain/invoices/invoice.ts';
import type { QuestionEnding } from '../../../domain/questions/questions.ts';

/** One line of the history a customer sees. */
export type HistoryRow = Readonly<{ seq: number; at: string; kind: string; actorId: string | null; data: Readonly<Record<string, unknown>> }>;

export type MessageFact = Readonly<{ id: string; line: string; fromOffice: boolean; author: string; body: string; at: string }>;

/** A charge the customer questioned; `ending` null while it waits for the office. */
export type AskedCharge = Readonly<{
  id: string;
  lineId: string | null;
  line: string;
  amountMinor: bigint;
  ending: QuestionEnding | null;
  remindersFrom: string | null;
}>;

/** What the page shows beside the invoice itself. */
export type PageExtras = Readonly<{
  zone: string;
  /** A processor is connected; otherwise customers see how to pay. */
  online: boolean;
  /** The last day on which a closing business can be looked at. */
  closingOn?: string | null;
  /** What is planned to be charged by itself, and when. */
  autopay?: Readonly<{ amountMinor: bigint; day: string }> | null;
  /** The visit a line was done on, by the line's id. */
  visits: Readonly<Record<string, string>>;
  partPayment: boolean;
  floorMinor: bigint;
  /** Newest first. */
  history: readonly HistoryRow[];
  /** Oldest first. */
  messages: readonly MessageFact[];
  /** Oldest first. */
  asked: readonly AskedCharge[];
  announced: Readonly<{ amountMinor: bigint; expectedOn: string; method: string }> | null;
  /** Number of the newest event when the page was read: live updates begin after it. */
  seq: number;
}>;

/** Who reads, and by what right. */
export type ReaderGrant = Readonly<{
  person: string | null;
  name: string;
  /** The address the link was sent to; null when signed in instead. */
  sentTo: string | null;
  canPay: boolean;
  canAsk: boolean;
  /** Who sent it on to the reader; null: nobody did. */
  sharedBy?: string | null;
  /** The office looks: nothing can be pressed, nothing is kept. */
  preview: boolean;
}>;

export type InvoicePageData = Readonly<{ view: InvoiceView; extras: PageExtras; grant: ReaderGrant }>;
