import type { StageDue } from '../../core/choices.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import { packageGroups } from '../../core/packages.ts';
import { words } from '../../core/words/words.ts';
import type { EstimateFacts, EstimateLineFact } from '../estimate-facts.ts';
import { footerOf, taxRows } from './invoice-page.ts';
import { columnsOf, discountLabel, hasDays, rowOf, sectionsOf, type Writer, writerOf } from './line-rows.ts';
import { frontDoorCode, letterhead, type Paper, type PaperBlock, type PaperPage, type PaperSection, paperRequest, spokenUrl } from './paper-page.ts';

/** The issued estimate on paper, with the figures of what is suggested: what was frozen and nothing that happened since. */
export function estimatePdf(facts: EstimateFacts, paper: Paper): PdfRequest {
  return paperRequest(estimatePage(facts, paper), paper, facts.document.issuedOn);
}

export function estimatePage(facts: EstimateFacts, paper: Paper): PaperPage {
  const { document, business, billTo } = facts;
  const write = writerOf(document);
  const { estimate: text, changeOrder, invoice } = words(write.locale);
  const heading = text.title(document.word, document.number, document.revision);
  const names = billTo.company ? [billTo.company, billTo.name] : [billTo.name];
  const meta = [
    { label: text.number, value: document.number },
    { label: changeOrder.changesWhat, value: document.amends },
    { label: text.issuedOn, value: write.day(document.issuedOn) },
    { label: text.validUntil, value: write.day(document.firstValidUntil) },
    { label: invoice.poNumber, value: document.poNumber },
  ];
  return {
    ...letterhead(business, write.locale, paper),
    title: `${heading} · ${business.name}`,
    heading,
    flag: null,
    billTo: { label: invoice.billTo, lines: [...new Set(names.filter((name) => name !== '')), ...billTo.addressLines] },
    place: placeOf(facts),
    amount: {
      label: totalName(facts, write),
      value: write.money(facts.totalMinor),
      note: text.validUntilDay(write.day(document.firstValidUntil)),
    },
    meta: meta.flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
    message: document.message,
    before: document.scope ? [{ title: document.amends === null ? text.scope : changeOrder.instead.scope, text: document.scope }] : [],
    columns: columnsOf(facts.lines, write.locale),
    sections: sectionsFor(facts, write),
    totals: totalsOf(facts, totalName(facts, write), write),
    notes: notesOf(facts, write),
    after: document.exclusions ? [{ title: text.exclusions, text: document.exclusions }] : [],
    pay: [{ title: text.paper.onlineTitle, text: text.paper.online(spokenUrl(paper.frontDoorUrl)) }],
    qr: frontDoorCode(paper.frontDoorUrl, words(write.locale).paper.codeAlt(spokenUrl(paper.frontDoorUrl))),
    terms: document.terms ? { title: invoice.terms, text: document.terms } : null,
    footer: footerOf(heading, business.name, write),
  };
}

function totalName(facts: EstimateFacts, write: Writer): string {
  const { estimate, invoice } = words(write.locale);
  return hasChoices(facts) ? estimate.paper.suggested : invoice.total;
}

function hasChoices({ lines }: EstimateFacts): boolean {
  return lines.some(({ choice, bounds }) => choice !== null || bounds !== null);
}

// One property stands at the top, beside who pays; several are sections of the table.
function placeOf({ parts, document }: EstimateFacts): PaperBlock | null {
  const [only, ...more] = parts.filter((part) => part.propertyId !== null);
  if (!only || more.length > 0) return null;
  return { label: words(document.language).invoice.property, lines: [only.title, ...(only.address ? [only.address] : [])] };
}

/** What is always part of it first, then each package with what it comes to, then what may be added. */
function sectionsFor({ lines, parts, document }: EstimateFacts, write: Writer): PaperSection[] {
  const text = words(write.locale).estimate;
  const dated = hasDays(lines);
  const rows = (of: readonly EstimateLineFact[]) => of.map((line) => rowOf(line, document, dated));
  const fixed = lines.filter(({ choice }) => choice === null);
  const options = lines.filter(({ choice }) => choice?.kind === 'optional');
  const subtotal = words(write.locale).invoice.subtotal;
  const packages = packageGroups(lines).flatMap(({ group, packages: all }) =>
    all.map(({ name, suggested, lines: of, netMinor }) => ({
      ...{ title: text.paper.package(group, name, suggested), address: null, rows: rows(of) },
      foot: [{ label: subtotal, value: write.money(netMinor), strong: suggested }],
    })),
  );
  return [
    ...(fixed.length === 0 ? [] : fixedSections(parts, fixed, document)),
    ...packages,
    ...optionSections(options, true, text, rows),
    ...optionSections(options, false, text, rows),
  ];
}

/** Sections of properties; those whose lines are all to be chosen are left out. Their subtotals would hold what is chosen, so none is shown. */
function fixedSections(parts: EstimateFacts['parts'], fixed: readonly EstimateLineFact[], document: EstimateFacts['document']): PaperSection[] {
  return sectionsOf(parts, fixed, document)
    .filter(({ rows }) => rows.length > 0)
    .map((section) => ({ ...section, foot: [] }));
}

function optionSections(
  options: readonly EstimateLineFact[],
  included: boolean,
  text: ReturnType<typeof words>['estimate'],
  rows: (of: readonly EstimateLineFact[]) => PaperSection['rows'],
): PaperSection[] {
  const own = options.filter(({ choice }) => choice?.chosen === included);
  return own.length === 0 ? [] : [{ title: text.paper.optional(included), address: null, rows: rows(own), foot: [] }];
}

/** What lines come to, with tax and deposit. `last`: what the total is called. */
export function totalsOf(facts: Figures, last: string, write: Writer): PaperPage['totals'] {
  const { invoice, estimate } = words(write.locale);
  const rows: PaperPage['totals'] = [];
  if (facts.discountMinor !== 0n || facts.taxes.length > 0) rows.push({ label: invoice.subtotal, value: write.money(facts.subtotalMinor), kind: 'plain' });
  if (facts.discountMinor !== 0n) rows.push({ label: discountLabel(facts.discount, write.locale), value: write.less(facts.discountMinor), kind: 'plain' });
  for (const tax of facts.taxes) rows.push(...taxRows(tax, facts, write));
  rows.push({ label: last, value: write.money(facts.totalMinor), kind: 'total' });
  if (facts.depositMinor > 0n) rows.push({ label: estimate.deposit, value: write.money(facts.depositMinor), kind: 'plain' });
  return rows;
}

type Figures = Pick<EstimateFacts, 'subtotalMinor' | 'discountMinor' | 'discount' | 'taxes' | 'totalMinor' | 'depositMinor' | 'pricesIncludeTax'>;

function notesOf(facts: EstimateFacts, write: Writer): string[] {
  const { invoice } = words(write.locale);
  return [
    ...(facts.pricesIncludeTax && facts.taxes.length > 0 ? [invoice.pricesIncludeTax] : []),
    ...(facts.taxExempt ? [invoice.taxExempt] : []),
    ...stagesOf(facts.stages, write),
  ];
}

/** "At the start: $900.00", one line for each stage. */
export function stagesOf(stages: readonly StageDue[] | null, write: Writer): string[] {
  return (stages ?? []).map(({ label, amountMinor }) => `${label}: ${write.money(amountMinor)}`);
}
