import { type Address, cleanAddress, noAddress } from '../../core/address.ts';
import { limits, textLimits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { clean, cleanLines } from '../../core/text.ts';

export const customerKinds = ['residential', 'commercial', 'property_manager'] as const;
export type CustomerKind = (typeof customerKinds)[number];

/** What the office says about a customer. `termsDays` null: the business's own terms. */
export type CustomerFields = Readonly<{
  kind: CustomerKind;
  name: string;
  company: string;
  billingAddress: Address;
  language: Locale;
  termsDays: number | null;
  taxExempt: boolean;
  taxExemptNote: string;
  poRequired: boolean;
  /** From this amount on, two persons of theirs approve; null: one is enough, 0n: always two. */
  twoApproversFromMinor: bigint | null;
  /** For the office only. */
  notes: string;
  /** Whether reminders may go out; off for imported customers until switched on. */
  reminders: boolean;
}>;

export type NewCustomer = Readonly<
  Partial<Omit<CustomerFields, 'billingAddress'>> & {
    id?: string;
    kind: CustomerKind;
    name: string;
    billingAddress?: Partial<Address>;
    /** What an import recognises the customer by the next time. */
    importKey?: string | null;
    importId?: string | null;
  }
>;
export type CustomerChanges = Readonly<Partial<Omit<CustomerFields, 'billingAddress'>> & { billingAddress?: Partial<Address>; archived?: boolean }>;

export type Customer = CustomerFields &
  Readonly<{ id: string; version: number; imported: boolean; archivedAt: string | null; erasedAt: string | null; createdAt: string }>;

/** Figures over all open invoices, in minor units of the business's currency; credit is money not on any invoice. */
export type CustomerFigures = Readonly<{
  currency: string;
  balanceMinor: bigint;
  dueNowMinor: bigint;
  dueLaterMinor: bigint;
  onItsWayMinor: bigint;
  inQuestionMinor: bigint;
  heldBackMinor: bigint;
  overdueMinor: bigint;
  creditMinor: bigint;
}>;

const fresh: Omit<CustomerFields, 'kind' | 'name'> = {
  company: '',
  billingAddress: noAddress,
  language: 'en',
  termsDays: null,
  taxExempt: false,
  taxExemptNote: '',
  poRequired: false,
  twoApproversFromMinor: null,
  notes: '',
  reminders: true,
};

/** A customer as it will be stored: what is left out is as `before`, or as a new customer starts. Refuses each bad field by name. */
export function cleanCustomer(input: CustomerChanges & { kind?: CustomerKind; name?: string }, before?: CustomerFields): CustomerFields {
  const base = before ?? { ...fresh, kind: 'residential' as const, name: '' };
  const name = input.name === undefined ? base.name : clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const kind = input.kind ?? base.kind;
  if (!customerKinds.includes(kind)) throw new Refusal('wrong_choice', { field: 'kind' });
  const language = input.language ?? base.language;
  if (!isLocale(language)) throw new Refusal('wrong_choice', { field: 'language' });
  const termsDays = input.termsDays === undefined ? base.termsDays : input.termsDays;
  if (termsDays !== null && !(Number.isInteger(termsDays) && termsDays >= 0 && termsDays <= limits.dueDaysMax))
    throw new Refusal('wrong_choice', { field: 'termsDays' });
  return {
    kind,
    name,
    language,
    termsDays,
    company: input.company === undefined ? base.company : clean(input.company, textLimits.name, 'company'),
    billingAddress: input.billingAddress === undefined ? base.billingAddress : cleanAddress(input.billingAddress, 'billingAddress'),
    taxExempt: input.taxExempt ?? base.taxExempt,
    taxExemptNote: input.taxExemptNote === undefined ? base.taxExemptNote : clean(input.taxExemptNote, textLimits.title, 'taxExemptNote'),
    poRequired: input.poRequired ?? base.poRequired,
    twoApproversFromMinor: cleanFrom(input.twoApproversFromMinor, base.twoApproversFromMinor),
    notes: input.notes === undefined ? base.notes : cleanLines(input.notes, textLimits.internalNote, 'notes'),
    reminders: input.reminders ?? base.reminders,
  };
}

function cleanFrom(asked: bigint | null | undefined, before: bigint | null): bigint | null {
  if (asked === undefined) return before;
  if (asked !== null && (asked < 0n || asked > limits.documentMaxMinor)) throw new Refusal('amount_too_large', { field: 'twoApproversFromMinor' });
  return asked;
}
