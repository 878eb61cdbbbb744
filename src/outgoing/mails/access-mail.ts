import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { mayWords, placesWord } from '../may-words.ts';
import type { AccessMailFacts } from './mail-facts.ts';
import { emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** To a person: an account opens to them, what they may do there has changed, or their access ended. */
export function accessMail(facts: AccessMailFacts, locale: Locale): MailPage {
  const all = words(locale);
  const { mail, for: of } = all.people;
  const text = mail[facts.what];
  const { may, account, by } = facts;
  const money = moneyIn({ currency: facts.currency, homeCurrency: facts.currency }, locale);
  const rows =
    may === null
      ? []
      : [
          { label: mail.may, value: mayWords(all, may, money).join(' · ') },
          { label: of, value: placesWord(all, may) },
        ];
  return {
    ...emptyPage,
    subject: text.subject(account, facts.business.name),
    preview: text.lead(by, account, facts.business.name),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(by, account, facts.business.name)],
    rows,
    button: facts.what === 'ended' ? null : { label: mail.button, url: facts.url },
    after: [text.after],
  };
}
