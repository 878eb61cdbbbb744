import type { PdfRequest } from '../../core/gateways.ts';
import { formatQuantity } from '../../core/money-format.ts';
import { recordMark } from '../../core/record-code.ts';
import { words } from '../../core/words/words.ts';
import { qrSvg } from '../qr.ts';
import type { RecordFacts } from '../record-facts.ts';
import { estimatePage, stagesOf, totalsOf } from './estimate-page.ts';
import { type Writer, writerOf } from './line-rows.ts';
import { type Paper, type PaperPage, paperRequest, spokenUrl } from './paper-page.ts';

type Pair = Readonly<{ label: string; value: string }>;

/** The last page of a record. Every string is a finished word of the document's language. */
export type CertificatePage = Readonly<{
  title: string;
  lead: string;
  mark: string;
  chosenTitle: string;
  chosen: readonly Readonly<{ name: string; quantity: string; amount: string }>[];
  totals: PaperPage['totals'];
  notes: readonly string[];
  who: readonly Pair[];
  prints: readonly Pair[];
  check: Readonly<{ title: string; text: string; svg: string; alt: string }>;
  attached: Readonly<{ name: string; text: string; description: string }>;
}>;

/** The name the attached original carries inside the record. */
export const originalName = 'original.pdf';

/** One approval as one file: the pages as they were sent, what was chosen and how it was signed on the last, and the original within, byte for byte. */
export function recordPdf(facts: RecordFacts, paper: Paper & Readonly<{ verifyUrl: string }>, original: Uint8Array): PdfRequest {
  const page = estimatePage(facts.estimate, paper);
  const certificate = certificateOf(facts, paper.verifyUrl);
  const request = paperRequest(page, paper, facts.approval.at.slice(0, 10));
  return {
    ...request,
    template: 'record',
    data: { ...page, title: `${certificate.title} · ${page.title}`, certificate },
    images: { ...request.images, [originalName]: original },
  };
}

export function certificateOf(facts: RecordFacts, verifyUrl: string): CertificatePage {
  const { estimate, approval, chosen } = facts;
  const { document } = estimate;
  const write = writerOf(document);
  const { record: text, estimate: said } = words(write.locale);
  const address = spokenUrl(verifyUrl);
  const { first } = approval.further;
  const by = first ? [first.typedName, approval.typedName].join(', ') : approval.typedName;
  return {
    title: text.title,
    lead: text.lead(by, said.title(document.word, document.number, document.revision), write.money(chosen.totalMinor), write.day(facts.signedOn)),
    mark: recordMark(facts.code),
    chosenTitle: text.chosen,
    chosen: chosen.lines.map(({ name, quantityMilli, netMinor }) => ({
      name,
      quantity: formatQuantity(quantityMilli, write.locale),
      amount: write.money(netMinor),
    })),
    totals: totalsOf({ ...chosen, discount: estimate.discount, pricesIncludeTax: estimate.pricesIncludeTax }, words(write.locale).invoice.total, write),
    notes: stagesOf(chosen.plan, write),
    who: whoOf(facts, write),
    prints: printsOf(facts, write),
    check: { title: text.checkTitle, text: text.check(address, facts.code), svg: qrSvg(verifyUrl), alt: text.codeAlt(address) },
    attached: { name: originalName, text: text.attached(originalName), description: text.original },
  };
}

function whoOf({ approval, signedAt, firstAt }: RecordFacts, write: Writer): Pair[] {
  const { record: text, invoice, estimate, authority } = words(write.locale);
  const { first, instead } = approval.further;
  const { typedName, recordedName, role, limitMinor, identifiedBy, identifiedAs, poNumber, address, browser } = approval;
  const roles = text.roles as Readonly<Record<string, string>>;
  return [
    { label: authority.firstBy, value: first ? nameOf(first) : '' },
    { label: authority.firstOn, value: firstAt },
    { label: text.knownBy, value: first ? estimate.known[first.identifiedBy](first.identifiedAs) : '' },
    { label: text.signedBy, value: typedName },
    { label: authority.insteadOf, value: instead ? authority.away(instead.name, write.day(instead.untilOn)) : '' },
    { label: text.recordedAs, value: recordedName === typedName ? '' : recordedName },
    { label: text.role, value: roles[role] ?? '' },
    { label: text.limit, value: limitMinor === null ? text.noLimit : write.money(limitMinor) },
    { label: text.knownBy, value: estimate.known[identifiedBy](identifiedAs) },
    { label: text.signedOn, value: signedAt },
    { label: invoice.poNumber, value: poNumber },
    { label: text.from, value: address },
    { label: text.browser, value: browser },
  ].filter(({ value }) => value !== '');
}

const nameOf = ({ typedName, recordedName }: Readonly<{ typedName: string; recordedName: string }>): string =>
  recordedName === '' || recordedName === typedName ? typedName : `${typedName} (${recordedName})`;

function printsOf({ approval, originalSha256 }: RecordFacts, write: Writer): Pair[] {
  const text = words(write.locale).record;
  return [
    { label: text.ofOriginal, value: originalSha256 },
    { label: text.ofTerms, value: approval.termsSha256 },
    { label: text.ofFacts, value: approval.factsSha256 },
    { label: `${text.ofRecord} (${text.place(String(approval.seq))})`, value: approval.hash },
    { label: text.before, value: approval.previousHash },
  ].filter(({ value }) => value !== '');
}
