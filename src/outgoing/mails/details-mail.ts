import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { MailFacts } from './mail-facts.ts';
import { emptyPage, greetingTo, type MailPage } from './mail-page.ts';

/** To whoever asked for a change of billing details: taken, or left as it was and why. */
export function detailsDecided(facts: MailFacts['details_decided'], locale: Locale): MailPage {
  const text = words(locale).billing.mail;
  const { name } = facts.business;
  const lead = facts.state === 'accepted' ? text.accepted(name) : text.refused(name);
  return {
    ...emptyPage,
    subject: facts.state === 'accepted' ? text.acceptedSubject(name) : text.refusedSubject(name),
    preview: lead,
    greeting: greetingTo(facts.to.name, locale),
    lead: [lead],
    quotes: facts.words === '' ? [] : [{ label: name, text: facts.words }],
    button: { label: text.button, url: facts.url },
  };
}
