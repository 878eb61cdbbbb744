import type { Starter } from '../starter.ts';

export const other: Starter = {
  items: [
    { name: 'Service call', unit: 'visit', price: 7500, description: 'Travel and the first half hour on site.' },
    { name: 'Labor', unit: 'hour', price: 8500 },
    { name: 'Labor, second person', unit: 'hour', price: 5500 },
    { name: 'Labor, nights and weekends', unit: 'hour', price: 12500 },
    { name: 'Half day', unit: 'each', price: 32000 },
    { name: 'Full day', unit: 'each', price: 60000 },
    { name: 'Inspection', unit: 'each', price: 12500 },
    { name: 'Installation', unit: 'each', price: 22500 },
    { name: 'Repair', unit: 'each', price: 17500 },
    { name: 'Maintenance visit', unit: 'visit', price: 13500 },
    { name: 'Materials', unit: 'each', price: 5000, taxed: true },
    { name: 'Travel', unit: 'mile', price: 70 },
  ],
  termsDays: 14,
  terms: 'Please tell us within 7 days if something is not right, and we make it so.',
  message: 'Thank you for your business.',
  licenseExample: null,
  hours: 'Monday to Friday 8 to 5',
  howToPay: 'Checks are welcome: please write the invoice number on them. Bank details are given by phone, never by e-mail.',
  sample: [
    { item: 0, quantityMilli: 1000 },
    { item: 1, quantityMilli: 2500 },
    { item: 10, quantityMilli: 1000 },
  ],
};
