import type { MailReport, ReadMailReports } from '../../../core/gateways.ts';
import { providers } from './providers.ts';
import { readReturnedMail } from './returned-mail.ts';

/** The reports in one delivery of a provider (`ses`, `mailgun`, `sendgrid`, `postmark`) or one returned mail (`returned-mail`); null for what cannot be read. */
export const readMailReports: ReadMailReports = async (from, body) => {
  try {
    const found =
      from === 'returned-mail'
        ? await readReturnedMail(body)
        : Object.hasOwn(providers, from)
          ? providers[from]?.(JSON.parse(new TextDecoder().decode(body)))
          : null;
    return found?.filter((report): report is MailReport => report !== null) ?? null;
  } catch {
    return null;
  }
};
