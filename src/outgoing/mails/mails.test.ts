import { expect, test } from 'vitest';
import { invoiceFacts, otter } from '../../../test/invoice-facts.ts';
import { goldenInvoices } from '../../core/golden/golden.ts';
import { locales } from '../../core/locale.ts';
import { formatMoney } from '../../core/money-format.ts';
import { partsOf } from '../invoice-facts.ts';
import type { MailFacts, MailKind } from './mail-facts.ts';
import { renderMail } from './render-mail.ts';

const url = 'https://pay.example.com/paper-otter/l/Zk1y8m2cJ0v5o3xq7wEr9tYu1iOp2aSd4fGh6jKl8zX';
const frame = { business: otter, logoUrl: 'https://pay.example.com/paper-otter/logo/a.png', to: { name: 'Rosa Quill', address: 'rosa.quill@example.com' } };
const drain = { name: 'Kitchen drain cleared', unitPriceMilli: 17182_000n, taxRateId: 'tx' };
const invoice = invoiceFacts({
  lines: [drain],
  document: { poNumber: 'PO-778', workOrderNumber: 'WO-55', replaces: { id: 'x', number: '1039' }, canceled: { on: '2026-11-23', reason: 'Billed twice' } },
});
const money = { amountMinor: 18600n, currency: 'USD', homeCurrency: 'USD' };
const receipt = {
  business: otter,
  number: 'R-7',
  day: '2026-11-23',
  method: 'check',
  reference: 'No. 2231',
  state: 'cleared',
  stateOn: null,
  paidBy: 'Rosa Quill',
  language: 'en',
  ...money,
  paidFor: [{ documentId: 'x', number: '1042', amountMinor: 18600n, leftMinor: 4200n }],
  creditMinor: 0n,
  leftMinor: 4200n,
} as const;
const question = { number: '1042', customer: 'Rosa Quill', question: 'Why two hours?', answer: 'It was two visits.', url };

const estimate = {
  ...{ ...frame, word: 'estimate', number: 'E-1001', revision: 1, totalMinor: 431_000n, currency: 'USD', homeCurrency: 'USD', validUntil: '2026-12-18' },
  ...{ property: 'Elm Court · LK-01', poNumber: 'PO-9', what: null, name: '', reason: '', note: '', others: [] as string[], url },
};

const facts: MailFacts = {
  invoice_sent: { ...frame, invoice, url, others: ['Dana Whitlock', 'AP Larkspur'] },
  invoice_replaced: { ...frame, invoice, url, others: [] },
  invoice_canceled: { ...frame, invoice, url, others: [] },
  invoice_test: { ...frame, invoice, url, others: [] },
  new_link: { ...frame, number: '1042', url },
  estimate_sent: { ...estimate, note: 'As we spoke.', others: ['Dana Whitlock'] },
  estimate_replaced: { ...estimate, revision: 2 },
  estimate_reminder: estimate,
  estimate_to_approve: { ...estimate, what: 'recommended', name: 'Sam Okoye', reason: 'The pump is failing.' },
  estimate_decided: { ...estimate, what: 'approved' },
  estimate_for_office: { ...estimate, what: 'declined', name: 'Rosa Quill', reason: 'Too much', customer: 'Rosa Quill' },
  reminder: {
    ...frame,
    ...{
      bills: [{ number: '1042', dueOn: '2026-11-16', amountMinor: 18600n, url }],
      totalMinor: 18600n,
      currency: 'USD',
      homeCurrency: 'USD',
      today: '2026-11-23',
    },
    ...{ tone: 'plain', wording: null, missed: false, stopUrl: url },
  },
  statement: {
    ...{ ...frame, firstOn: '2026-10-01', lastOn: '2026-10-31', openingMinor: 0n, chargedMinor: 18600n, settledMinor: 0n, balanceMinor: 18600n },
    ...{ currency: 'USD', homeCurrency: 'USD', url, stopUrl: url },
  },
  receipt: { ...frame, receipt, url },
  payment_processing: { ...frame, receipt: { ...receipt, state: 'pending' }, url },
  payment_returned: { ...frame, ...money, owedMinor: 41200n, url },
  payment_failed: { ...frame, ...money, owedMinor: 18600n, url },
  autopay: {
    ...{ ...frame, ...money, what: 'notice', capMinor: 50_000n, number: '1042', day: '2026-12-07', label: 'Visa •••• 4242', name: 'Rosa Quill' },
    ...{ reason: null, note: '', wording: '', url },
  },
  payment_refunded: { ...frame, ...money, label: 'Visa •••• 4242', byHand: null, failed: false, url },
  question_received: { ...frame, ...question },
  question_answered: { ...frame, ...question },
  question_for_office: { ...frame, ...question },
  message_for_customer: { ...frame, customer: '', subject: 'Gate code', text: 'It is 4711.', before: 'Which code?', url },
  message_for_office: { ...frame, customer: 'Rosa Quill', subject: 'Gate code', text: 'Which code?', before: '', url },
  details_decided: { ...frame, state: 'refused', words: 'Not our city.', url },
  announcement_for_office: {
    ...frame,
    ...money,
    number: '1042',
    customer: 'Rosa Quill',
    method: 'check',
    arrivesOn: '2026-12-02',
    reference: 'No. 9',
    note: 'Mailed today',
    url,
  },
  access: {
    ...{ ...frame, what: 'invited', by: 'Dana Whitlock', account: 'Larkspur Keys', currency: 'USD', url },
    may: { canAsk: true, canPay: false, canManage: false, properties: 3, approvesUpToMinor: 50_000n },
  },
  document_shared: { ...frame, by: 'Dana Whitlock', estimate: null, number: '1042', note: 'As we spoke.', mayPay: true, until: '2026-12-29', url },
  sign_in_code: { ...frame, code: '482913', url },
  staff_code: { ...frame, code: '482913' },
  staff_invite: { ...frame, url, invitedBy: 'Ida Brandt', role: 'field', openUntil: '2026-12-02' },
  staff_notice: { ...frame, notice: 'new_device', told: { device: 'Chrome on Mac', to: '', by: '', day: '' } },
  office_notice: { ...frame, notice: 'webhook_stopped', name: 'https://books.example.com/hook', detail: 'gone', url },
};
const kinds = Object.keys(facts) as MailKind[];
const every = kinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
const bare = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>|<head[\s\S]*?<\/head>|<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

test.each(every)('%s in %s says the same as HTML and as text, with one button and no script', async (kind, locale) => {
  const mail = await renderMail(kind, facts[kind], locale);
  expect(mail.subject).not.toMatch(/[\r\n]|undefined|null|\[object/);
  expect(mail.text).not.toMatch(/undefined|null|\[object|<\w/);
  expect(mail.html).toMatch(new RegExp(`<html[^>]*lang="${locale}"`));
  const said = letters(bare(mail.html));
  for (const line of mail.text.split('\n')) expect(said, line).toContain(letters(line.replace(/^[^:]*:$/, '').replace(/^> /, '')));
  expect(mail.html.match(/class="press"/g)?.length ?? 0).toBe(kind === 'staff_code' || kind === 'staff_notice' ? 0 : 1);
  expect(mail.html).not.toMatch(/<script|<form|<iframe|<link |@import|url\(/i);
  expect([...mail.html.matchAll(/(?:src|href)="([^"]+)"/g)].every(([, at]) => at === url || at === frame.logoUrl)).toBe(true);
});

test.each(kinds)('%s is written in three languages', async (kind) => {
  const [en, es, fr] = await Promise.all(locales.map((locale) => renderMail(kind, facts[kind], locale)));
  const subjects = new Set([en?.subject, es?.subject, fr?.subject]);
  expect(subjects.size).toBe(3);
  const english = new Set(en?.text.split('\n').filter((line) => line.length > 25 && !line.includes('http') && !line.includes('demo')));
  for (const other of [es, fr]) for (const line of other?.text.split('\n') ?? []) expect(english).not.toContain(line);
});

test('the invoice mail says how much, by when, for whom, and who else has it', async () => {
  const { subject, text } = await renderMail('invoice_sent', facts.invoice_sent, 'en');
  expect(subject).toBe('Invoice 1042 from Paper Otter Plumbing (demo): $186.00');
  for (const word of ['$186.00', 'Due Dec 4, 2026', 'PO-778', 'WO-55', 'Dana Whitlock, AP Larkspur', url]) expect(text).toContain(word);
});

test('what is left is told once part is paid, and nothing is asked for when all is', async () => {
  const partly = { ...invoice, standing: { ...invoice.standing, balanceMinor: 8600n, payableMinor: 8600n } };
  expect((await renderMail('invoice_sent', { ...facts.invoice_sent, invoice: partly }, 'en')).text).toContain('Left to pay: $86.00');
  const paid = { ...invoice, standing: { ...invoice.standing, balanceMinor: 0n, payableMinor: 0n, status: 'paid' as const } };
  const { text } = await renderMail('invoice_sent', { ...facts.invoice_sent, invoice: paid }, 'en');
  expect(text).toContain('There is nothing to pay.');
  expect(text).not.toContain('See invoice and pay');
});

test('rule 29: who may see some properties is told of those parts only', async () => {
  const parts = [
    { id: 'lk1', title: 'Willow Court · LK-01' },
    { id: 'lk2', title: 'Bell House · LK-02' },
  ];
  const lines = [
    { name: 'Windows', part: 'lk1', unitPriceMilli: 10000_000n },
    { name: 'Carpet', part: 'lk2', unitPriceMilli: 7700_000n },
  ];
  const document = { message: 'All twelve properties are done.', replaces: { id: 'x', number: '1039' } };
  const mine = partsOf(invoiceFacts({ parts, lines, document }), ['lk2']);
  for (const kind of ['invoice_sent', 'invoice_replaced', 'invoice_test'] as const) {
    const { subject, html, text } = await renderMail(kind, { ...facts[kind], invoice: mine, others: ['Dana Whitlock'] }, 'en');
    for (const own of ['Your part of invoice 1042', '$77.00', 'Bell House · LK-02']) expect(subject + text).toContain(own);
    for (const other of ['$177.00', '$100.00', 'Willow', 'Dana', 'twelve']) expect(subject + text + html).not.toContain(other);
  }
});

test('M7 every golden invoice is mailed with its own total', async () => {
  for (const golden of goldenInvoices()) {
    const { lines, currency, taxRates, discount, pricesIncludeTax, taxExempt } = golden.document;
    const named = lines.map(({ id, ...line }) => ({ ...line, name: id }));
    const built = invoiceFacts({ lines: named, currency, taxRates, discount, pricesIncludeTax, taxExempt });
    const { text } = await renderMail('invoice_sent', { ...facts.invoice_sent, invoice: built }, 'fr');
    expect(text, golden.name).toContain(`Total: ${formatMoney(golden.expected.totalMinor, currency, 'fr')}`);
  }
});

test('no mail carries bank details or the way to pay', async () => {
  for (const kind of kinds) {
    const { html, text } = await renderMail(kind, facts[kind], 'en');
    expect(html + text).not.toContain(otter.howToPay);
  }
});

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style><script>',
  '{{7*7}}',
  '<a href="https://thief.example.net">x</a>',
  '&lt;b&gt;',
];
test.each(payloads)('I1 %j is text in every field', async (evil) => {
  const business = { ...otter, name: `Otter${evil}`, phone: evil, addressLines: [evil] };
  const hostile = { ...frame, business, to: { name: evil, address: 'rosa@example.com' }, number: evil, customer: evil, question: evil, answer: evil, url };
  const { html } = await renderMail('question_answered', hostile, 'en');
  expect(html).not.toMatch(/<script|<img src=x|thief\.example\.net">/);
  expect(html).not.toContain('49');
});

test('a color nobody can read is made readable, light and dark', async () => {
  const { html } = await renderMail('new_link', { ...facts.new_link, business: { ...otter, brandColor: '#ffff00' } }, 'en');
  expect(html).not.toMatch(/class="press"[^>]*background-color:#ffff00/);
});

test.each([
  ['en', 'Tip', '$15.00'],
  ['es', 'Propina', '$15.00'],
  ['fr', 'Pourboire', '15,00'],
] as const)('rule 42 a tip has a line of its own in the mails of a payment (%s)', async (locale, word, amount) => {
  for (const kind of ['receipt', 'payment_processing'] as const) {
    const { html, text } = await renderMail(kind, { ...facts[kind], receipt: { ...facts[kind].receipt, tipMinor: 1_500n } }, locale);
    for (const side of [html, text]) expect(side).toMatch(new RegExp(`${word}[^$]*${amount.replace('$', '\\$')}`));
    expect((await renderMail(kind, facts[kind], locale)).text).not.toContain(word);
  }
});
