import { isLocale } from '../../core/locale.ts';
import { enqueue } from '../../db/queue.ts';
import type { Scope } from '../../db/scope.ts';
import { selectColleague } from './staff/queries.ts';

export const notices = [
  'new_device',
  'email_changing',
  'email_changed',
  'factor_changed',
  'pay_details_asked',
  'pay_details_live',
  'pay_details_canceled',
  'business_closing',
  'business_stays',
  'processor_asked',
  'processor_connected',
  'processor_canceled',
  'processor_disconnected',
  'refund_waiting',
  'refund_made',
] as const;
export type Notice = (typeof notices)[number];

/** Tells a colleague by mail of something that only they should have done. `address`: one they have left, told a last time. */
export function tellStaff(
  scope: Scope,
  staffId: string,
  of: Readonly<{ notice: Notice; once: string; address?: string; facts?: Readonly<Record<string, string>> }>,
): Promise<void> {
  const { notice, once, facts = {} } = of;
  return enqueue(scope, 'mail-notice', { staffId, notice, once, address: of.address ?? null, facts: { ...facts } }, { key: once, priority: -5 });
}

/** To whom a notice goes now; null when they are not here any more. */
export async function readNotice(
  scope: Scope,
  input: Readonly<{ staffId: string; address: string | null }>,
): Promise<{ address: string; name: string; locale: 'en' | 'es' | 'fr' } | null> {
  const colleague = await selectColleague(scope, input.staffId);
  if (colleague === undefined) return null;
  return { address: input.address ?? colleague.email, name: colleague.name, locale: isLocale(colleague.language) ? colleague.language : 'en' };
}

/** What a customer's person is told of their access: that they got it, that it changed or ended, or that a new device has it. */
export type Telling = Readonly<{
  personId: string;
  /** null: of no account in particular. */
  customerId: string | null;
  what: 'invited' | 'changed' | 'ended' | 'new_device';
  once: string;
  /** Where it goes: whose access ended is no person here any more. */
  address: string;
  name: string;
  locale: 'en' | 'es' | 'fr';
  facts: Readonly<{ by: string; account: string; may: MayFacts | null; device?: Readonly<{ browser: string; system: string }> }>;
}>;
/** `properties`: how many, null for all; `approvesUpToMinor`: null without limit, 0 nothing. */
export type MayFacts = Readonly<{ canAsk: boolean; canPay: boolean; canManage: boolean; properties: number | null; approvesUpToMinor: number | null }>;

export function tellPerson(scope: Scope, telling: Telling): Promise<void> {
  return enqueue(scope, 'mail-access', telling, { key: telling.once, priority: -5 });
}
