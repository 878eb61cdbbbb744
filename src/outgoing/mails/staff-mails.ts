import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { StaffInviteFacts, StaffNoticeFacts } from './mail-facts.ts';
import { dayIn, emptyPage, greetingTo, type MailPage } from './mail-page.ts';

/** Asks somebody to join the team. The button opens a page and nothing else. */
export function staffInvite(facts: StaffInviteFacts, locale: Locale): MailPage {
  const text = words(locale).mail.staffInvite;
  const until = dayIn(locale)(facts.openUntil);
  return {
    ...emptyPage,
    subject: text.subject(facts.business.name, facts.invitedBy),
    preview: text.preview(until),
    greeting: greetingTo(facts.to.name, locale),
    lead: [text.lead(facts.business.name, facts.invitedBy, text.roles[facts.role]), text.next],
    button: { label: text.button, url: facts.url },
    after: [text.until(until), text.notYou],
  };
}

/** Tells a colleague of what only they should have done. No button: nothing in it asks for a press. */
export function staffNotice(facts: StaffNoticeFacts, locale: Locale): MailPage {
  const text = words(locale).mail.staffNotice[facts.notice];
  const { day } = facts.told;
  const lead = text.lead({ ...facts.told, day: day === '' ? '' : dayIn(locale)(day) });
  return { ...emptyPage, subject: text.subject, preview: lead, greeting: greetingTo(facts.to.name, locale), lead: [lead], after: [text.after] };
}
