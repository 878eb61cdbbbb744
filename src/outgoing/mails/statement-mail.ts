import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { StatementMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** A month of an account: before, what came and went, after; the page has every movement. */
export function statementMail(facts: StatementMailFacts, locale: Locale): MailPage {
  const { account, statement } = words(locale);
  const { mail } = statement;
  const [money, day] = [moneyIn(facts, locale), dayIn(locale)];
  const period = statement.period(day(facts.firstOn), day(facts.lastOn));
  return {
    ...emptyPage,
    subject: mail.subject(facts.business.name, period),
    preview: `${statement.balanceOn(day(facts.lastOn))}: ${money(facts.balanceMinor)}`,
    greeting: greetingTo(facts.to.name, locale),
    lead: [mail.lead(facts.business.name, period)],
    figure: { label: statement.balanceOn(day(facts.lastOn)), value: money(facts.balanceMinor), note: account.title },
    rows: [
      { label: statement.opening(day(facts.firstOn)), value: money(facts.openingMinor) },
      { label: statement.charged, value: money(facts.chargedMinor) },
      { label: statement.settled, value: money(-facts.settledMinor) },
    ],
    button: { label: mail.button, url: facts.url },
    after: [mail.after],
    stop: { label: mail.stop, url: facts.stopUrl },
  };
}
