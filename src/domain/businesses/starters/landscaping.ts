import type { Starter } from '../starter.ts';

export const landscaping: Starter = {
  items: [
    { name: 'Mow, edge and blow', unit: 'visit', price: 5500, description: 'Lot up to a quarter acre.' },
    { name: 'Mow, large lot', unit: 'visit', price: 9500 },
    { name: 'Crew labor', unit: 'hour', price: 5800 },
    { name: 'Hedge trimming', unit: 'hour', price: 6500 },
    { name: 'Weeding and bed care', unit: 'hour', price: 5200 },
    { name: 'Mulch, spread', unit: 'cu yd', price: 9500, taxed: true },
    { name: 'Sod, laid', unit: 'sq ft', price: 145, taxed: true },
    { name: 'Spring clean-up', unit: 'visit', price: 32500 },
    { name: 'Leaf removal', unit: 'visit', price: 24500 },
    { name: 'Fertilizer treatment', unit: 'visit', price: 6900 },
    { name: 'Sprinkler check', unit: 'visit', price: 9500, description: 'Every zone run, heads adjusted.' },
    { name: 'Sprinkler head, replaced', unit: 'each', price: 4500, taxed: true },
    { name: 'Tree trimming', unit: 'hour', price: 9500 },
  ],
  termsDays: 14,
  terms: 'Weekly service may move by a day for rain. Plants we supply are guaranteed for 90 days when watered as we agreed.',
  message: 'Thank you. Enjoy the yard.',
  licenseExample: 'TX Irrigator LI-00000',
  hours: 'Monday to Saturday 7 to 5',
  howToPay: 'Checks are welcome: please write the invoice number on them. Bank details are given by phone, never by e-mail.',
  sample: [
    { item: 0, quantityMilli: 4000, description: 'Four weekly visits.' },
    { item: 3, quantityMilli: 1500, description: 'Front hedge.' },
    { item: 5, quantityMilli: 2000 },
  ],
};
