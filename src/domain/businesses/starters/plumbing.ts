import type { Starter } from '../starter.ts';

export const plumbing: Starter = {
  items: [
    { name: 'Service call', unit: 'visit', price: 8900, description: 'Travel and the first half hour on site.' },
    { name: 'Plumber labor', unit: 'hour', price: 12500 },
    { name: 'Helper labor', unit: 'hour', price: 6500 },
    { name: 'Drain cleaning, sink or tub', unit: 'each', price: 18600, description: 'Cable machine, up to 25 feet.' },
    { name: 'Main sewer line cleaning', unit: 'each', price: 34500, description: 'From the cleanout, up to 100 feet.' },
    { name: 'Camera inspection', unit: 'each', price: 24500, description: 'With a recording of what was found.' },
    { name: 'Toilet repair', unit: 'each', price: 14900, description: 'Fill valve, flapper and supply line.' },
    { name: 'Faucet replacement', unit: 'each', price: 17500, description: 'Labor only; the faucet is billed apart.' },
    { name: 'Garbage disposal, 1/2 hp, installed', unit: 'each', price: 32500, taxed: true },
    { name: 'Water heater, 50 gallon gas, installed', unit: 'each', price: 189500, description: 'Haul-away of the old one included.', taxed: true },
    { name: 'Leak detection', unit: 'each', price: 22500 },
    { name: 'Emergency call, nights and weekends', unit: 'visit', price: 17500 },
    { name: 'Parts and fittings', unit: 'each', price: 2500, taxed: true },
  ],
  termsDays: 14,
  terms: 'Labor is guaranteed for one year, parts by their maker. Please tell us within 7 days if something is not right, and we come back.',
  message: 'Thank you for calling us. Questions about this invoice? Just answer here.',
  licenseExample: 'TX Master Plumber M-00000',
  hours: 'Monday to Friday 7 to 6, emergencies any time',
  howToPay: 'Checks are welcome: please write the invoice number on them. For a bank transfer, call us for the details; we never send them by e-mail.',
  sample: [
    { item: 0, quantityMilli: 1000 },
    { item: 3, quantityMilli: 1000, description: 'Kitchen sink. Cleared grease 12 feet in.' },
    { item: 12, quantityMilli: 1000, description: 'New trap and washers.' },
  ],
};
