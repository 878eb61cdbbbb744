import type { Starter } from '../starter.ts';

export const contracting: Starter = {
  items: [
    { name: 'Carpenter labor', unit: 'hour', price: 7800 },
    { name: 'Lead carpenter labor', unit: 'hour', price: 9500 },
    { name: 'Laborer', unit: 'hour', price: 4800 },
    { name: 'Project management', unit: 'hour', price: 11000 },
    { name: 'Demolition', unit: 'hour', price: 6200 },
    { name: 'Drywall, hung and finished', unit: 'sq ft', price: 325 },
    { name: 'Interior paint, two coats', unit: 'sq ft', price: 245 },
    { name: 'Tile, set and grouted', unit: 'sq ft', price: 1450 },
    { name: 'Base cabinet, installed', unit: 'each', price: 18500 },
    { name: 'Interior door, hung', unit: 'each', price: 42500, taxed: true },
    { name: 'Dumpster', unit: 'week', price: 54500 },
    { name: 'Permit', unit: 'each', price: 25000, description: 'City fee, billed at cost.' },
    { name: 'Materials', unit: 'each', price: 10000, taxed: true },
  ],
  termsDays: 14,
  terms: 'Workmanship is guaranteed for one year. Changes to the agreed work are written down and approved before they are done.',
  message: 'Thank you for building with us.',
  licenseExample: 'Contractor license 000000',
  hours: 'Monday to Friday 7 to 4',
  howToPay: 'Checks and bank transfers are welcome. We give our bank details by phone and never by e-mail; if you receive any, call us first.',
  sample: [
    { item: 4, quantityMilli: 6000, description: 'Old kitchen out, floor protected.' },
    { item: 5, quantityMilli: 240000 },
    { item: 10, quantityMilli: 1000 },
  ],
};
