import { isUuid } from './ids.ts';

/** The Message-ID of a mail: it names the mail and whose it is, so that what comes back finds its way without a search over every business. */
export function messageIdOf(mail: string, business: string, host: string): string {
  return `<${mail}.${business}@${host}>`;
}

/** Which mail of which business a Message-ID names, with or without its brackets; null for one that is not ours. */
export function readMessageId(text: string): { mail: string; business: string } | null {
  const [, mail = '', business = ''] = /^<?([0-9a-f-]{36})\.([0-9a-f-]{36})@[\w.-]+>?$/.exec(text) ?? [];
  return isUuid(mail) && isUuid(business) ? { mail, business } : null;
}
