import type { MailPage } from './mail-page.ts';

/** The mail as plain text: the same words in the same order, addresses on lines of their own. */
export function mailText(page: MailPage, business: string, footer: readonly string[]): string {
  const blocks = [
    page.banner,
    page.greeting,
    ...page.lead,
    page.figure && [`${page.figure.label}: ${page.figure.value}`, page.figure.note].filter(Boolean).join('\n'),
    page.rows.map((row) => `${row.label}: ${row.value}`).join('\n'),
    ...(page.bills ?? []).map((bill) => `${bill.label}: ${bill.value}\n${bill.note}\n${bill.press}: ${bill.url}`),
    ...page.quotes.map((quote) => `${quote.label}\n${quote.text.replace(/^/gm, '> ')}`),
    page.code,
    page.beforeButton,
    page.button && `${page.button.label}:\n${page.button.url}`,
    ...page.after,
    ['--', business, ...footer].join('\n'),
    page.stop && `${page.stop.label}:\n${page.stop.url}`,
  ];
  return `${blocks.filter((block) => block !== null && block !== undefined && block !== '').join('\n\n')}\n`;
}
