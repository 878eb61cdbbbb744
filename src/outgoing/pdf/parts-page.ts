import type { PdfRequest } from '../../core/gateways.ts';
import { words } from '../../core/words/words.ts';
import type { PartsFacts } from '../invoice-facts.ts';
import { footerOf, head } from './invoice-page.ts';
import { columnsOf, sectionsOf, writerOf } from './line-rows.ts';
import { letterhead, type Paper, type PaperPage, paperRequest } from './paper-page.ts';

/** Some sections of a spanning invoice: their lines and subtotals, no total, and nothing that tells of the others. */
export function partsPdf(facts: PartsFacts, paper: Paper): PdfRequest {
  return paperRequest(partsPage(facts, paper), paper, facts.document.issuedOn);
}

export function partsPage(facts: PartsFacts, paper: Paper): PaperPage {
  const { document, business } = facts;
  const write = writerOf(document);
  const text = words(write.locale);
  const heading = text.part.title(document.number);
  const due = text.invoice.dueOn(write.day(document.dueOn));
  const [only, ...more] = facts.parts;
  const sections = facts.parts.map((part) => {
    const [section] = sectionsOf(
      [part],
      facts.lines.filter((line) => line.partId === part.id),
      document,
    );
    const foot = [
      { label: text.invoice.subtotal, value: write.money(part.subtotalMinor), strong: false },
      ...(part.discountMinor === 0n ? [] : [{ label: text.invoice.discount, value: write.less(part.discountMinor), strong: false }]),
      ...(part.taxMinor === 0n ? [] : [{ label: text.invoice.tax, value: write.money(part.taxMinor), strong: false }]),
      { label: text.part.total, value: write.money(part.totalMinor), strong: true },
    ];
    return { title: part.title, address: part.address, rows: section?.rows ?? [], foot };
  });
  return {
    ...letterhead(business, write.locale, paper),
    ...head(facts, write),
    title: `${heading} · ${business.name}`,
    heading,
    // Written to whoever gets the whole: the message may speak of all of it.
    message: null,
    place: null,
    amount: only && more.length === 0 ? { label: text.part.total, value: write.money(only.totalMinor), note: due } : null,
    columns: columnsOf(facts.lines, write.locale),
    sections,
    totals: [],
    notes: more.length === 0 ? [] : [due],
    pay: [],
    qr: null,
    footer: footerOf(heading, business.name, write),
  };
}
