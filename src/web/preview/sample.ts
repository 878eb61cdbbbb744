import { addressLines } from '../../core/address.ts';
import { addDays } from '../../core/calendar.ts';
import { settle } from '../../core/settlement.ts';
import type { Settings } from '../../domain/businesses/businesses.ts';
import type { InvoiceView } from '../../domain/invoices/invoice.ts';

type Look = Readonly<{ brandColor: string; greeting: string; language: 'en' | 'es' | 'fr' }>;

const day = '2026-11-20';
const words = {
  en: { customer: 'Sample Customer', work: 'Two hours of work', text: 'A line as your customers will read it.', tax: 'Sales tax' },
  es: { customer: 'Cliente de ejemplo', work: 'Dos horas de trabajo', text: 'Una línea como la leerán sus clientes.', tax: 'Impuesto' },
  fr: { customer: 'Client exemple', work: 'Deux heures de travail', text: 'Une ligne comme vos clients la liront.', tax: 'Taxe' },
} as const;
/** Two hours at 95.00 with 8.25 % tax: written down, because nothing but an invoice is ever added up. */
const figures = { subtotalMinor: 19_000n, discountMinor: 0n, netMinor: 19_000n, taxMinor: 1_568n, totalMinor: 20_568n };

/** An invoice of nobody, to look at. */
export function sampleView(settings: Settings, look: Look): InvoiceView {
  const { company, currency, slug, country, logoForPages, waysToPay } = settings;
  const some = (text: string): string | null => (text === '' ? null : text);
  const said = words[look.language];
  const dueOn = addDays(day, settings.billing.termsDays);
  const facts = {
    business: {
      ...{ slug, country, name: company.name, logo: logoForPages, brandColor: look.brandColor, addressLines: addressLines(company.address) },
      ...{ phone: some(company.phone), email: some(company.email), licenseLine: some(company.licenseLine), website: some(company.website) },
      ...{ hours: some(company.hours), howToPay: some(waysToPay.howToPay), greeting: some(look.greeting) },
    },
    document: {
      ...{ id: '00000000-0000-7000-8000-000000000000', kind: 'invoice' as const, number: `${settings.numbering.prefix}1001`, series: '' },
      ...{ issuedOn: day, dueOn, language: look.language, currency, homeCurrency: currency, poNumber: null, workOrderNumber: null },
      ...{
        message: some(settings.billing.message),
        terms: some(settings.billing.termsText),
        canceled: null,
        replacedBy: null,
        replaces: null,
        attachments: [],
      },
    },
    billTo: { name: said.customer, company: null, addressLines: [] },
    parts: [{ id: 'whole', propertyId: null, title: '', address: null, ...figures }],
    lines: [
      {
        ...{ id: 'line', partId: null, name: said.work, description: said.text, serviceOn: day, quantityMilli: 2_000n, unit: null, unitPriceMilli: 9_500_000n },
        ...{ discount: null, grossMinor: 19_000n, discountMinor: 0n, netMinor: 19_000n, taxName: said.tax },
      },
    ],
    taxes: [{ name: said.tax, ratePpm: 82_500n, taxableMinor: 19_000n, taxMinor: 1_568n, components: [] }],
    ...figures,
    ...{ discount: null, creditedMinor: 0n, paidMinor: 0n, processingMinor: 0n, pricesIncludeTax: false, taxExempt: false, payments: [], credits: [] },
    standing: settle({
      ...{ state: 'issued', totalMinor: figures.totalMinor, creditedMinor: 0n, paidMinor: 0n, processingMinor: 0n, unknownMinor: 0n, announcedMinor: 0n },
      ...{ inQuestionMinor: 0n, heldBackMinor: 0n, dueOn, today: day, canceled: false, replacedBy: null, closed: false },
      returnedSinceLastAct: false,
    }),
  };
  return { whole: true, facts, parts: [], changes: null, today: day, version: 1 };
}
