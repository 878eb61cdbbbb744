import type { MailFacts } from '../../outgoing/mails/mail-facts.ts';
import { joinToken } from '../people/join.ts';
import type { Writing } from './outbox.ts';

type Told = Readonly<{
  what: MailFacts['access']['what'];
  device?: MailFacts['access']['device'];
  by: string;
  account: string;
  may: (Omit<May, 'approvesUpToMinor'> & { approvesUpToMinor: number | null }) | null;
}>;
type May = NonNullable<MailFacts['access']['may']>;

/** What a person is told of their access, as it stood when it was said. */
export async function accessLetter({ scope, frame, keys, mail, house, places }: Writing): Promise<MailFacts['access']> {
  const { what, by, account, may, device } = mail.facts as Told;
  const approves = may?.approvesUpToMinor ?? null;
  return {
    ...{ ...frame, what, device, by, account, currency: house.currency },
    may: may && { ...may, approvesUpToMinor: approves === null ? null : BigInt(approves) },
    url: mail.person_id === null ? '' : places.joinAccount(house.slug, joinToken(keys, scope.business, { personId: mail.person_id, address: mail.to_address })),
  };
}

/** The link that somebody of the customer sent on. */
export async function sharedLetter({ frame, number, estimate, url, mail }: Writing): Promise<MailFacts['document_shared']> {
  const { by, note, until, mayPay } = mail.facts as Readonly<{ by: string; note: string; until: string; mayPay: boolean }>;
  return { ...frame, number, estimate, url, by, note, until, mayPay };
}
