import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { wayLimits } from '../../../core/way-fee.ts';
import { operations } from './operation.ts';
import { listOf } from './page.ts';
import { role, trade } from './session.ts';
import { address, color, count, currency, filledText, idOf, instant, language, paymentMinor, text, version } from './values.ts';

/** How the business presents itself, numbers its invoices and takes money. */

const company = {
  name: filledText(textLimits.name, 'Paper Otter Plumbing'),
  legalName: text(textLimits.name),
  trade,
  timeZone: text(60, 'America/Chicago'),
  phone: text(textLimits.phone, '(512) 555-0100'),
  email: text(textLimits.email, 'office@example.com'),
  website: text(200),
  address,
  hours: text(500, 'Mon–Fri 8–5'),
  licenseLine: text(textLimits.licenseLine, 'TX Master Plumber M-00000'),
};
const greeting = z.strictObject({ en: text(textLimits.greeting), es: text(textLimits.greeting), fr: text(textLimits.greeting) }).openapi('Greeting');
const look = { brandColor: color, greeting, languages: z.array(language).min(1).max(3), defaultLanguage: language };
const prefix = text(10, 'INV-');
const next = z.int().min(1).max(999_999_999).openapi({ description: 'The number the next invoice gets. May only grow.' });
const billing = {
  termsDays: z.int().min(0).max(365),
  termsText: text(textLimits.terms),
  message: text(textLimits.message),
  pricesIncludeTax: z.boolean(),
  defaultTaxRateId: idOf('taxRate').nullable(),
};
const mail = { fromName: text(textLimits.name), replyTo: text(textLimits.email) };
const waysToPay = {
  gateway: z.enum(['sandbox', 'stripe']).nullable().openapi({ description: 'null: no processor; customers see How to pay.' }),
  howToPay: text(textLimits.howToPay),
  partPayment: z.boolean(),
  paymentFloorMinor: paymentMinor,
  tips: z.boolean().openapi({ description: 'Residential customers may add a tip where they pay a whole invoice.' }),
  tipPercents: z
    .array(z.int().min(1).max(100))
    .min(1)
    .max(3)
    .openapi({ description: 'What is suggested, rising.', example: [10, 15, 20] }),
  tipCapPercent: z.int().min(1).max(100).openapi({ description: 'The most that is taken, in percent of what is paid.' }),
  wayRule: z
    .enum(['none', 'card_fee', 'bank_saving'])
    .openapi({ description: 'Paying by card costs a fee, or from a bank account saves something, or neither.' }),
  cardFeePpm: z.int().min(0).max(Number(wayLimits.cardFeePpm)).openapi({ description: 'Millionths of what is paid: 30000 is 3%.', example: 30000 }),
  cardFeeFixedMinor: z.int().min(0).max(Number(wayLimits.cardFeeFixedMinor)).openapi({ description: 'Added to it, once for each payment.', example: 30 }),
  cardFeeMostMinor: paymentMinor.nullable().openapi({ description: 'The most of a fee for one payment; null: no most.' }),
  bankSavingPpm: z.int().min(1).max(Number(wayLimits.bankSavingPpm)).openapi({ description: 'Millionths of what is paid on bills.', example: 10000 }),
};

export const settings = z
  .strictObject({
    version,
    company: z.strictObject({ ...company, slug: z.string(), country: z.string(), currency }),
    look: z.strictObject({ ...look, logoUrl: z.string().nullable() }),
    numbering: z.strictObject({ prefix, next, highestUsed: count }),
    billing: z.strictObject(billing),
    mail: z.strictObject(mail),
    waysToPay: z.strictObject({ ...waysToPay, sandboxAvailable: z.boolean() }),
    history: z.strictObject({
      hiddenInvoices: count.openapi({ description: 'Imported invoices customers cannot see yet.' }),
      shownAt: instant.nullable(),
    }),
    welcome: z
      .strictObject({ logo: z.boolean(), customer: z.boolean(), invoice: z.boolean(), dismissed: z.boolean() })
      .openapi({ description: 'The three first steps, as they are done.' }),
  })
  .openapi('Settings');

/** Only what is given changes; each section field by field. */
export const settingsPatch = z
  .strictObject({
    company: z.strictObject(company).partial().optional(),
    look: z.strictObject(look).partial().optional(),
    numbering: z.strictObject({ prefix, next }).partial().optional(),
    billing: z.strictObject(billing).partial().optional(),
    mail: z.strictObject(mail).partial().optional(),
    waysToPay: z.strictObject(waysToPay).partial().optional(),
    welcome: z.strictObject({ dismissed: z.boolean() }).optional(),
  })
  .openapi('SettingsPatch');

export const lookPreviewQuery = z.strictObject({ brandColor: color, greeting: text(textLimits.greeting).optional(), language: language.optional() });

export const colleague = z
  .strictObject({ id: idOf('staff'), name: z.string(), email: z.string(), role, you: z.boolean(), createdAt: instant })
  .openapi('Colleague');

const tag = 'Settings';
export const settingsOperations = operations({
  readSettings: { method: 'get', path: '/settings', tag, access: 'settings:read', summary: 'All settings of the business', status: 200, answer: settings },
  changeSettings: {
    method: 'patch',
    path: '/settings',
    tag,
    access: 'settings:write',
    ifMatch: true,
    summary: 'Change settings',
    body: settingsPatch,
    status: 200,
    answer: settings,
  },
  readStorage: {
    method: 'get',
    path: '/settings/storage',
    tag,
    access: 'settings:read',
    summary: 'What is kept, and how much may be',
    status: 200,
    answer: z
      .strictObject({
        usedBytes: z.int().min(0),
        limitBytes: z.int().min(0),
        files: z.int().min(0),
        limitFiles: z.int().min(0),
      })
      .openapi('Storage'),
  },
  readLogo: {
    method: 'get',
    path: '/settings/logo',
    tag,
    access: 'settings:read',
    summary: 'The logo as it stands on pages',
    status: 200,
    answer: { contentType: 'image/*', description: 'The logo.' },
  },
  saveLogo: {
    method: 'put',
    path: '/settings/logo',
    tag,
    access: 'settings:write',
    summary: 'Upload a logo; it is drawn anew in two sizes',
    upload: { types: ['image/png', 'image/jpeg', 'image/webp'], maxBytes: 10_485_760 },
    status: 200,
    answer: settings,
  },
  removeLogo: { method: 'delete', path: '/settings/logo', tag, access: 'settings:write', summary: 'Remove the logo', status: 200, answer: settings },
  previewLook: {
    method: 'get',
    path: '/settings/look/preview',
    tag,
    access: 'settings:read',
    summary: 'A sample invoice page or mail in a look not saved yet',
    query: lookPreviewQuery,
    status: 200,
    answer: { contentType: 'text/html', description: 'A whole page, marked Preview, to be framed by the office.' },
  },
  showHistory: {
    method: 'post',
    path: '/settings/history/show',
    tag,
    access: 'settings:write',
    summary: 'Show imported invoices to customers',
    status: 200,
    answer: settings,
  },
  listStaff: { method: 'get', path: '/staff', tag, access: 'session', summary: 'Who works here', status: 200, answer: listOf('ColleagueList', colleague) },
});
