export const questionReasons = ['not_done', 'quality', 'amount', 'already_paid', 'unknown', 'other'] as const;
export type QuestionReason = (typeof questionReasons)[number];

/** How the office may answer (rule 24). */
export const answerKinds = ['explanation', 'change', 'credit'] as const;
export type AnswerKind = (typeof answerKinds)[number];
export type QuestionEnding = AnswerKind | 'withdrawn' | 'paid';

/** One charge a customer asks about. Amounts in minor units of `currency`. */
export type QuestionedCharge = Readonly<{
  id: string;
  documentId: string;
  customerId: string;
  propertyId: string | null;
  lineId: string | null;
  lineName: string;
  threadId: string;
  amountMinor: bigint;
  currency: string;
  reason: QuestionReason;
  personId: string | null;
  personName: string;
  openedAt: string;
  endedAt: string | null;
  ending: QuestionEnding | null;
  answer: string;
  answerDocumentId: string | null;
  endedByName: string;
  /** No reminder and no late fee before this day. */
  remindersFrom: string | null;
}>;

export type ListedCharge = QuestionedCharge & Readonly<{ customerName: string; number: string }>;
