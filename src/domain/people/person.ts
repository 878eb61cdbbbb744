import { limits, textLimits } from '../../core/limits.ts';
import { isLocale, type Locale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalEmail, clean } from '../../core/text.ts';

export type PersonFields = Readonly<{
  name: string;
  /** Canonical, or '' when not known. */
  email: string;
  phone: string;
  language: Locale;
  /** One address read by several: may view, ask and pay, never approve. */
  sharedMailbox: boolean;
}>;
export type PersonChanges = Readonly<Partial<PersonFields>>;

/** What a person may do for one customer. `propertyIds` null: for all its properties, later ones too. */
export type Rights = Readonly<{
  propertyIds: readonly string[] | null;
  canView: boolean;
  canAsk: boolean;
  canPay: boolean;
  canManage: boolean;
  approveLimitMinor: bigint;
  /** Receives invoices unless chosen otherwise. */
  bills: boolean;
}>;

export type NewPerson = Readonly<PersonChanges & { id?: string; name: string; customerId: string; rights?: Partial<Rights> }>;

/** A contact as one customer's page shows it: the person and the rights there. */
export type Person = PersonFields &
  Readonly<{ id: string; version: number; verified: boolean; bouncedAt: string | null; emailChangedAt: string | null; createdAt: string; rights: Rights }>;

export const usualRights: Rights = { propertyIds: null, canView: true, canAsk: true, canPay: true, canManage: false, approveLimitMinor: 0n, bills: true };

/** A person as it will be stored. Refuses each bad field by name. */
export function cleanPerson(input: PersonChanges, before?: PersonFields): PersonFields {
  const base = before ?? { name: '', email: '', phone: '', language: 'en' as const, sharedMailbox: false };
  const name = input.name === undefined ? base.name : clean(input.name, textLimits.name, 'name');
  if (name === '') throw new Refusal('required', { field: 'name' });
  const language = input.language ?? base.language;
  if (!isLocale(language)) throw new Refusal('wrong_choice', { field: 'language' });
  return {
    name,
    language,
    email: input.email === undefined ? base.email : cleanEmail(input.email, 'email'),
    phone: input.phone === undefined ? base.phone : cleanPhone(input.phone, 'phone'),
    sharedMailbox: input.sharedMailbox ?? base.sharedMailbox,
  };
}

/** Rights as they will be stored. Without the right to view there is nothing to ask, pay or approve. Refuses bad figures by name. */
export function cleanRights(input: Partial<Rights>, before: Rights = usualRights): Rights {
  const rights = { ...before, ...input };
  if (rights.approveLimitMinor < 0n || rights.approveLimitMinor > limits.documentMaxMinor)
    throw new Refusal('amount_too_large', { field: 'approveLimitMinor' });
  const propertyIds = rights.propertyIds === null ? null : [...new Set(rights.propertyIds)];
  if (propertyIds !== null && propertyIds.length === 0) throw new Refusal('required', { field: 'propertyIds' });
  if (rights.canView) return { ...rights, propertyIds };
  return { ...rights, propertyIds, canAsk: false, canPay: false, canManage: false, approveLimitMinor: 0n, bills: false };
}

/** '' stays ''. Refuses `email_invalid`. */
export function cleanEmail(text: string, field: string): string {
  if (text.trim() === '') return '';
  const email = canonicalEmail(text);
  if (email === null) throw new Refusal('email_invalid', { field });
  return email;
}

/** As typed, cleaned; at least four digits when there is anything. Refuses `phone_invalid`. */
export function cleanPhone(text: string, field: string): string {
  const phone = clean(text, textLimits.phone, field);
  const digits = phone.replace(/\D/g, '').length;
  if (phone !== '' && (digits < 4 || digits > 20)) throw new Refusal('phone_invalid', { field });
  return phone;
}
