import type { MailFacts } from '../../outgoing/mails/mail-facts.ts';
import { stopToken } from '../reminders/reminders.ts';
import type { Writing } from './outbox.ts';

type Told = Readonly<{ from: string; to: string; currency: string } & Record<'openingMinor' | 'chargedMinor' | 'settledMinor' | 'balanceMinor', number>>;

/** A month as it was said on its day, with the way to its page and the way to end it. */
export async function statementLetter({ scope, frame, keys, mail, house, places }: Writing): Promise<MailFacts['statement']> {
  const { from, to, currency, openingMinor, chargedMinor, settledMinor, balanceMinor } = mail.facts as Told;
  const stop = { personId: mail.person_id ?? '', kind: 'statements', address: mail.to_address } as const;
  return {
    ...{ ...frame, firstOn: from, lastOn: to, currency, homeCurrency: house.currency },
    ...{ openingMinor: BigInt(openingMinor), chargedMinor: BigInt(chargedMinor), settledMinor: BigInt(settledMinor), balanceMinor: BigInt(balanceMinor) },
    url: places.statement(house.slug, { from, to, asof: to }),
    stopUrl: places.stop(house.slug, stopToken(keys, scope.business, stop)),
  };
}
