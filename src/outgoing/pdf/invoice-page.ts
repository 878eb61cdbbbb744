import type { PdfRequest } from '../../core/gateways.ts';
import { formatRate } from '../../core/money-format.ts';
import { words } from '../../core/words/words.ts';
import { agreementsOf, depositLabel, earlyOfferText, paperTitle } from '../charge-words.ts';
import type { DocumentHead, InvoiceFacts, TaxFact } from '../invoice-facts.ts';
import { columnsOf, discountLabel, sectionsOf, type Writer, writerOf } from './line-rows.ts';
import { frontDoorCode, letterhead, type Paper, type PaperBlock, type PaperPage, paperRequest, spokenUrl } from './paper-page.ts';

/** The issued invoice on paper: what was frozen at issue and nothing that happened since, so that its bytes never change. */
export function invoicePdf(facts: InvoiceFacts, paper: Paper): PdfRequest {
  return paperRequest(invoicePage(facts, paper), paper, facts.document.issuedOn);
}

export function invoicePage(facts: InvoiceFacts, paper: Paper): PaperPage {
  const { document, business } = facts;
  const write = writerOf(document);
  const { invoice: text, paper: sheet } = words(write.locale);
  const credit = document.kind === 'credit_note';
  const heading = credit ? sheet.creditNoteTitle(document.number) : paperTitle(words(write.locale), document);
  return {
    ...letterhead(business, write.locale, paper),
    ...head(facts, write),
    title: `${heading} · ${business.name}`,
    heading,
    amount: {
      label: text.total,
      value: write.money(facts.totalMinor),
      note: credit ? '' : text.dueOn(write.day(document.installments?.[0]?.dueOn ?? document.dueOn)),
    },
    place: placeOf(facts),
    columns: columnsOf(facts.lines, write.locale),
    sections: sectionsOf(facts.parts, facts.lines, document),
    totals: totalsOf(facts, write),
    notes: [
      ...(facts.pricesIncludeTax && facts.taxes.length > 0 ? [text.pricesIncludeTax] : []),
      ...(facts.taxExempt ? [text.taxExempt] : []),
      ...chargeNotes(facts, write),
    ],
    ...(credit || facts.totalMinor === 0n ? { pay: [], qr: null } : payment(facts, paper)),
    footer: footerOf(heading, business.name, write),
  };
}

/** What every sheet of a document starts with: numbers, names, message, terms. */
export function head({ document, billTo }: DocumentHead, write: Writer): Pick<PaperPage, 'flag' | 'billTo' | 'meta' | 'message' | 'terms'> {
  const text = words(write.locale).invoice;
  const names = billTo.company ? [billTo.company, billTo.name] : [billTo.name];
  const meta = [
    { label: text.number, value: document.number },
    { label: text.issuedOn, value: write.day(document.issuedOn) },
    { label: text.poNumber, value: document.poNumber },
    { label: text.workOrderNumber, value: document.workOrderNumber },
  ];
  return {
    flag: document.replaces && text.replaces(document.replaces.number),
    billTo: { label: text.billTo, lines: [...new Set(names.filter((name) => name !== '')), ...billTo.addressLines] },
    meta: meta.flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
    message: document.message,
    terms: document.terms ? { title: text.terms, text: document.terms } : null,
  };
}

export function footerOf(heading: string, business: string, write: Writer): PaperPage['footer'] {
  return { text: `${business} · ${heading}`, page: words(write.locale).common.pageOf('{n}', '{m}') };
}

// One property stands at the top, beside who pays; several are sections of the table.
function placeOf({ parts, document }: InvoiceFacts): PaperBlock | null {
  const [only, ...more] = parts.filter((part) => part.propertyId !== null);
  if (!only || more.length > 0) return null;
  return { label: words(document.language).invoice.property, lines: [only.title, ...(only.address ? [only.address] : [])] };
}

function totalsOf(facts: InvoiceFacts, write: Writer): PaperPage['totals'] {
  const text = words(write.locale).invoice;
  const rows: PaperPage['totals'] = [];
  if (facts.discountMinor !== 0n || facts.taxes.length > 0) rows.push({ label: text.subtotal, value: write.money(facts.subtotalMinor), kind: 'plain' });
  if (facts.discountMinor !== 0n) {
    rows.push({ label: discountLabel(facts.discount, write.locale), value: write.less(facts.discountMinor), kind: 'plain' });
  }
  for (const tax of facts.taxes) rows.push(...taxRows(tax, facts, write));
  rows.push({ label: text.total, value: write.money(facts.totalMinor), kind: 'total' });
  const applied = facts.document.deposits ?? [];
  const depositMinor = applied.reduce((sum, each) => sum + each.amountMinor, 0n);
  const leftMinor = facts.totalMinor - depositMinor;
  const held = facts.document.heldBackMinor ?? 0n;
  const heldMinor = held < leftMinor ? held : leftMinor;
  if (depositMinor > 0n) {
    rows.push({ label: depositLabel(words(write.locale), { document: facts.document }), value: write.less(depositMinor), kind: 'plain' });
    rows.push({ label: text.balance, value: write.money(leftMinor), kind: 'total' });
  }
  if (heldMinor > 0n) {
    rows.push({ label: text.heldBack, value: write.less(heldMinor), kind: 'plain' });
    rows.push({ label: text.dueOn(write.day(facts.document.dueOn)), value: write.money(leftMinor - heldMinor), kind: 'total' });
  }
  return rows;
}

/** What a deposit is, what a fee is for, and what was agreed for paying late or early. */
function chargeNotes({ document, totalMinor }: Pick<InvoiceFacts, 'document' | 'totalMinor'>, write: Writer): string[] {
  const { charges } = words(write.locale);
  const deposit = document.purpose === 'deposit' ? [charges.depositLead] : [];
  const fee = document.about ? [charges.feeAbout(document.about.number)] : [];
  const fullMinor = (document.deposits ?? []).reduce((left, { amountMinor }) => left - amountMinor, totalMinor);
  const { early } = document;
  const offer = early && early.saveMinor < fullMinor ? [earlyOfferText(early, fullMinor, write)] : [];
  const rows = document.installments ?? [];
  const plan = rows.map((row, at) => charges.installmentDue(at + 1, rows.length, write.money(row.amountMinor), write.day(row.dueOn)));
  return [...deposit, ...fee, ...plan, ...offer, ...agreementsOf(document, write)];
}

/** A tax and the rates it is made of. */
export function taxRows(tax: TaxFact, facts: Pick<InvoiceFacts, 'pricesIncludeTax'>, write: Writer): PaperPage['totals'] {
  const text = words(write.locale).invoice;
  const rate = formatRate(tax.ratePpm, write.locale);
  const label = facts.pricesIncludeTax ? text.includedTax(tax.name, rate) : text.taxOnAmount(tax.name, rate, write.money(tax.taxableMinor));
  const parts = tax.components.length > 1 ? tax.components : [];
  return [
    { label, value: write.money(tax.taxMinor), kind: 'plain' },
    ...parts.map((one) => ({
      label: text.taxOn(one.name, formatRate(one.ratePpm, write.locale)),
      value: write.money(one.taxMinor),
      kind: 'detail' as const,
    })),
  ];
}

function payment({ document, business }: DocumentHead, paper: Paper): Pick<PaperPage, 'pay' | 'qr'> {
  const { invoice: text, paper: sheet } = words(document.language);
  const address = spokenUrl(paper.frontDoorUrl);
  const pay = [{ title: sheet.onlineTitle, text: sheet.online(address, document.number) }];
  if (business.howToPay) pay.push({ title: text.howToPay, text: `${business.howToPay}\n${text.howToPayLead(document.number)}` });
  return { pay, qr: frontDoorCode(paper.frontDoorUrl, sheet.codeAlt(address)) };
}
