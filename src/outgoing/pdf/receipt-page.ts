import type { PdfRequest } from '../../core/gateways.ts';
import { words } from '../../core/words/words.ts';
import { besideLines } from '../beside-lines.ts';
import { paperTitle } from '../charge-words.ts';
import type { ReceiptFacts } from '../receipt-facts.ts';
import { footerOf } from './invoice-page.ts';
import { type Writer, writerOf } from './line-rows.ts';
import { letterhead, type Paper, type PaperPage, paperRequest } from './paper-page.ts';

/** The receipt of one payment on paper: what was paid, how, for what, and what is left. */
export function receiptPdf(facts: ReceiptFacts, paper: Paper): PdfRequest {
  return paperRequest(receiptPage(facts, paper), paper, facts.day);
}

export function receiptPage(facts: ReceiptFacts, paper: Paper): PaperPage {
  const write = writerOf(facts);
  const { receipt: text, pay, status } = words(write.locale);
  const heading = `${text.receipt} ${facts.number}`;
  const pending = facts.state === 'pending';
  return {
    ...letterhead(facts.business, write.locale, paper),
    title: `${heading} · ${facts.business.name}`,
    heading,
    flag: undone(facts, write),
    billTo: { label: text.paidBy, lines: [facts.paidBy] },
    place: null,
    amount: { label: pending ? status.payment.pending : text.amount, value: write.money(facts.amountMinor), note: write.day(facts.day) },
    meta: [
      { label: text.number, value: facts.number },
      { label: text.date, value: write.day(facts.day) },
      { label: text.method, value: pay[facts.method] },
      ...(facts.reference ? [{ label: text.reference, value: facts.reference }] : []),
    ],
    message: pending ? text.processingLead(write.day(facts.day)) : null,
    columns: [],
    sections: [],
    totals: totalsOf(facts, write),
    notes: [],
    pay: [],
    qr: null,
    terms: null,
    footer: footerOf(heading, facts.business.name, write),
  };
}

function undone(facts: ReceiptFacts, write: Writer): string | null {
  const text = words(write.locale);
  if (facts.stateOn === null) return null;
  if (facts.state === 'returned') return text.receipt.returned(write.day(facts.stateOn));
  if (facts.state === 'reversed') return text.receipt.reversed(write.day(facts.stateOn));
  return facts.state === 'refunded' ? `${text.status.payment.refunded} · ${write.day(facts.stateOn)}` : null;
}

function totalsOf(facts: ReceiptFacts, write: Writer): PaperPage['totals'] {
  const { receipt: text, paper: sheet } = words(write.locale);
  return [
    ...facts.paidFor.flatMap((one) => [
      { label: paperTitle(words(write.locale), one), value: write.money(one.amountMinor), kind: 'plain' as const },
      { label: text.leftToPay, value: write.money(one.leftMinor), kind: 'detail' as const },
    ]),
    ...besideLines(facts, write.locale).map(({ label, amountMinor }) => ({ label, value: write.money(amountMinor), kind: 'plain' as const })),
    ...((facts.refundedMinor ?? 0n) === 0n
      ? []
      : [{ label: words(write.locale).status.payment.refunded, value: `−${write.money(facts.refundedMinor ?? 0n)}`, kind: 'plain' as const }]),
    ...(facts.creditMinor === 0n ? [] : [{ label: sheet.keptAsCredit, value: write.money(facts.creditMinor), kind: 'plain' as const }]),
    { label: text.leftToPay, value: write.money(facts.leftMinor), kind: 'total' as const },
  ];
}
