import { formatDay } from '../../core/calendar.ts';
import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import type { OfficeNoticeFacts } from './mail-facts.ts';
import { emptyPage, greetingTo, type MailPage } from './mail-page.ts';

/** To the office: a key ends soon, or a webhook has stopped. */
export function officeNotice({ notice, name, detail, url, to }: OfficeNoticeFacts, locale: Locale): MailPage {
  const text = words(locale).mail.officeNotice[notice];
  const told = /^\d{4}-\d{2}-\d{2}$/.test(detail) ? formatDay(detail, locale) : detail;
  return {
    ...emptyPage,
    subject: text.subject(name),
    preview: text.preview,
    greeting: greetingTo(to.name, locale),
    lead: text.lead(name, told),
    button: { label: text.button, url },
  };
}
