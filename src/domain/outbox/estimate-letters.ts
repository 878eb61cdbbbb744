import type { DecisionWord, EstimateMailFacts, EstimateOfficeMailFacts } from '../../outgoing/mails/mail-facts.ts';
import { readEstimate } from '../estimates/estimates.ts';
import type { Writing } from './outbox.ts';

const decisions: readonly string[] = [
  'approved',
  'first_approved',
  'recommended',
  'declined',
  'changes_requested',
  'withdrawn_approval',
] satisfies DecisionWord[];

/** The estimate as it stands when the mail leaves; of a decision, the amount that was signed. */
export async function estimateMail({ scope, frame, url, mail }: Writing): Promise<EstimateMailFacts> {
  const { facts, standing } = await readEstimate(scope, mail.document_id ?? '');
  const { document, parts } = facts;
  const places = parts.filter(({ propertyId }) => propertyId !== null);
  const text = (name: string): string => (typeof mail.facts[name] === 'string' ? (mail.facts[name] as string) : '');
  const others = Array.isArray(mail.facts['others']) ? mail.facts['others'].filter((name) => typeof name === 'string') : [];
  const signed = mail.facts['totalMinor'];
  return {
    ...frame,
    ...{ word: document.word, number: document.number, revision: document.revision, currency: document.currency, homeCurrency: document.homeCurrency },
    totalMinor: typeof signed === 'number' ? BigInt(signed) : facts.totalMinor,
    validUntil: standing.validUntil ?? document.validUntil,
    property: places.length === 1 ? (places[0]?.title ?? '') : '',
    poNumber: document.poNumber ?? '',
    what: decisions.includes(text('what')) ? (text('what') as DecisionWord) : null,
    ...{ name: text('name'), reason: text('reason'), note: text('note'), others, url },
  };
}

export async function estimateOfficeMail(writing: Writing): Promise<EstimateOfficeMailFacts> {
  const { note, others, property, poNumber, what, ...facts } = await estimateMail(writing);
  const { places, mail, scope } = writing;
  const { facts: paper } = await readEstimate(scope, mail.document_id ?? '');
  return { ...facts, what: what ?? 'approved', customer: paper.billTo.company ?? paper.billTo.name, url: places.officeEstimate(mail.document_id ?? '') };
}
