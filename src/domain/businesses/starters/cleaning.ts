import type { Starter } from '../starter.ts';

export const cleaning: Starter = {
  items: [
    { name: 'Standard cleaning', unit: 'visit', price: 14500, description: 'Kitchen, baths, dusting, floors. Up to 3 bedrooms.' },
    { name: 'Deep cleaning', unit: 'visit', price: 29500, description: 'Baseboards, inside cabinets, behind appliances.' },
    { name: 'Move-out cleaning', unit: 'visit', price: 34500, description: 'Empty unit, ready for the next tenant.' },
    { name: 'Cleaner', unit: 'hour', price: 4200 },
    { name: 'Office cleaning', unit: 'sq ft', price: 12, description: 'Per visit, after hours.' },
    { name: 'Common areas', unit: 'visit', price: 9500, description: 'Lobby, stairs, elevator, mail room.' },
    { name: 'Windows, inside and outside', unit: 'window', price: 900 },
    { name: 'Carpet cleaning', unit: 'room', price: 5500 },
    { name: 'Oven', unit: 'each', price: 3500 },
    { name: 'Refrigerator', unit: 'each', price: 3500 },
    { name: 'Linen change', unit: 'bed', price: 1500 },
    { name: 'Trash haul-off', unit: 'load', price: 7500 },
    { name: 'Supplies', unit: 'each', price: 1200, taxed: true },
  ],
  termsDays: 14,
  terms: 'Please tell us within 24 hours if we missed something, and we come back at no charge. Visits canceled less than 24 hours ahead are billed at half.',
  message: 'Thank you for letting us look after the place.',
  licenseExample: null,
  hours: 'Every day 7 to 7',
  howToPay: 'Pay here, leave a check on the counter, or ask us for our bank details by phone; we never send them by e-mail.',
  sample: [
    { item: 0, quantityMilli: 1000 },
    { item: 6, quantityMilli: 8000 },
    { item: 8, quantityMilli: 1000 },
  ],
};
