import { daysBetween } from '../../core/calendar.ts';
import { fill } from '../../core/fill.ts';
import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { ReminderMailFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage, moneyIn } from './mail-page.ts';

/** What is due of one or several invoices, each with a link of its own. The business's own words, or ours. */
export function reminderMail(facts: ReminderMailFacts, locale: Locale): MailPage {
  const { reminders, mail } = words(locale);
  const { bills, totalMinor, today } = facts;
  const [money, day] = [moneyIn(facts, locale), dayIn(locale)];
  const [oldest] = bills;
  const dueOn = oldest?.dueOn ?? today;
  const when = whenOf(dueOn, today, locale);
  const values = {
    name: facts.to.name,
    business: facts.business.name,
    invoices: bills.length === 1 ? reminders.oneInvoice(oldest?.number ?? '') : reminders.invoices(bills.length),
    amount: money(totalMinor),
    due: day(dueOn),
    days: when,
  };
  const ours = reminders.wording[facts.missed ? 'missed' : facts.tone];
  const own = facts.wording;
  const several = bills.length > 1;
  return {
    ...emptyPage,
    subject: fill(own?.subject || ours.subject, values),
    preview: `${values.amount}, ${when}`,
    greeting: greetingTo(facts.to.name, locale),
    lead: fill(own?.text || ours.text, values).split(/\n{2,}/),
    figure: { label: reminders.dueNow, value: values.amount, note: several ? '' : `${reminders.dueOn(values.due)} · ${when}` },
    rows: several || oldest === undefined ? [] : [{ label: words(locale).invoice.number, value: oldest.number }],
    bills: several
      ? bills.map((bill) => ({
          ...{ label: bill.number, value: money(bill.amountMinor), note: `${day(bill.dueOn)} · ${whenOf(bill.dueOn, today, locale)}` },
          press: reminders.see,
          url: bill.url,
        }))
      : [],
    button: several || oldest === undefined ? null : { label: reminders.button, url: oldest.url },
    after: [several ? reminders.linkNote : mail.linkNote],
    stop: { label: reminders.stop, url: facts.stopUrl },
  };
}

/** "12 days late", "due today", "due in 3 days". */
function whenOf(dueOn: string, today: string, locale: Locale): string {
  const { reminders } = words(locale);
  const days = daysBetween(dueOn, today);
  if (days === 0) return reminders.today;
  return days > 0 ? reminders.late(days) : reminders.inDays(-days);
}
