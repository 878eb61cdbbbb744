/** The people and businesses of the demo. Invented; every address is @example.com, every phone 555-01xx, every town Sampleton. */

export type DemoAddress = Readonly<{ street: string; unit?: string }>;
export type DemoPerson = Readonly<{
  key: string;
  name: string;
  email: string;
  phone?: string;
  language?: 'en' | 'es' | 'fr';
  shared?: boolean;
  bounces?: boolean;
  only?: readonly string[];
  bills?: boolean;
  approveMinor?: bigint;
  manages?: boolean;
  pays?: boolean;
}>;
export type DemoCustomer = Readonly<{
  key: string;
  kind: 'residential' | 'commercial' | 'property_manager';
  name: string;
  company?: string;
  address: DemoAddress;
  language?: 'en' | 'es' | 'fr';
  termsDays?: number;
  taxExempt?: boolean;
  poRequired?: boolean;
  people: readonly DemoPerson[];
  properties?: readonly Readonly<{ code: string; name: string; unit?: string; street: string; owner?: string; costCode?: string }>[];
}>;
export type DemoTrade = 'plumbing' | 'cleaning' | 'landscaping' | 'contracting';
export type DemoBusiness = Readonly<{
  key: 'otter' | 'mop' | 'boot' | 'ladder';
  trade: DemoTrade;
  name: string;
  slug: string;
  street: string;
  phone: string;
  email: string;
  license: string;
  color: string;
  hours: string;
  /** About how many issued documents its two years hold. */
  documents: number;
  /** Share of the year's work per month, January first: lawns grow April to October. */
  season: readonly number[];
}>;

export const town = { city: 'Sampleton', region: 'TX', postalCode: '00000', country: 'US' } as const;

export const owner = { name: 'Ida Brandt', email: 'ida.brandt@example.com' } as const;
export const officeStaff = { name: 'Theo Park', email: 'theo.park@example.com' } as const;
export const crew = { name: 'Luz Romero', email: 'luz.romero@example.com', language: 'es' } as const;

export const businesses: readonly DemoBusiness[] = [
  {
    key: 'otter',
    trade: 'plumbing',
    name: 'Paper Otter Plumbing (demo)',
    slug: 'paper-otter',
    street: '12 Ferry Street',
    phone: '(512) 555-0100',
    email: 'office@paperotter.example.com',
    license: 'Master plumber license M-00000 (demo)',
    color: '#1f5f4a',
    hours: 'Monday to Friday 7 to 6, emergencies any time',
    documents: 420,
    season: [10, 9, 9, 8, 8, 7, 7, 7, 8, 9, 9, 10],
  },
  {
    key: 'mop',
    trade: 'cleaning',
    name: 'Moonbeam Mop Cleaning (demo)',
    slug: 'moonbeam-mop',
    street: '40 Lantern Row',
    phone: '(512) 555-0140',
    email: 'hello@moonbeammop.example.com',
    license: '',
    color: '#3b4fa3',
    hours: 'Every day 6 to 8',
    documents: 380,
    season: [8, 8, 9, 9, 9, 8, 8, 8, 8, 8, 8, 9],
  },
  {
    key: 'boot',
    trade: 'landscaping',
    name: 'Left Boot Lawn (demo)',
    slug: 'left-boot-lawn',
    street: '7 Clover Bend',
    phone: '(512) 555-0150',
    email: 'crew@leftboot.example.com',
    license: 'Irrigator license LI-00000 (demo)',
    color: '#4d7c0f',
    hours: 'Monday to Saturday 7 to 5',
    documents: 60,
    season: [1, 1, 3, 11, 15, 15, 14, 13, 12, 11, 3, 1],
  },
  {
    key: 'ladder',
    trade: 'contracting',
    name: 'Purple Ladder Contracting (demo)',
    slug: 'purple-ladder',
    street: '118 Mill Court',
    phone: '(512) 555-0160',
    email: 'build@purpleladder.example.com',
    license: 'Registration R-00000 (demo)',
    color: '#6d28d9',
    hours: 'Monday to Friday 8 to 5',
    documents: 60,
    season: [7, 7, 9, 9, 10, 10, 9, 8, 9, 9, 7, 6],
  },
];

const streets = ['Ferry Street', 'Lantern Row', 'Juniper Lane', 'Old Mill Road', 'Harbor View', 'Quarry Hill', 'Willow Bend', 'Station Road'];

/** The property manager all four work for: twelve properties with codes, units and owners. */
export const larkspur: DemoCustomer = {
  key: 'larkspur',
  kind: 'property_manager',
  name: 'Larkspur Keys Property Management (demo)',
  company: 'Larkspur Keys Property Management (demo)',
  address: { street: '200 Harbor View', unit: 'Suite 4' },
  termsDays: 15,
  people: [
    { key: 'dana', name: 'Dana Whitlock', email: 'dana.whitlock@example.com', phone: '(512) 555-0120', bills: true, manages: true },
    { key: 'ap', name: 'Larkspur accounts payable', email: 'ap.larkspur@example.com', shared: true, bills: true },
    {
      key: 'sam',
      name: 'Sam Okoye',
      email: 'sam.okoye@example.com',
      phone: '(512) 555-0121',
      only: ['LK-02', 'LK-03', 'LK-04'],
      approveMinor: 50_000n,
      pays: false,
    },
    { key: 'edgar', name: 'Edgar Finch', email: 'edgar.finch@example.com', phone: '(512) 555-0122', only: ['LK-04'], approveMinor: 1_000_000n },
  ],
  properties: Array.from({ length: 12 }, (_, index) => ({
    code: `LK-${String(index + 1).padStart(2, '0')}`,
    owner: ['Northside Holdings (demo)', 'Harlan Estate (demo)', 'Mossy Oak Trust (demo)', 'Edgar Finch'][index % 4 === 3 && index !== 3 ? 0 : index % 4] ?? '',
    costCode: `GL-${6200 + 10 * index}`,
    name:
      [
        'Juniper Court',
        'Old Mill Lofts',
        'Quarry House',
        'Finch Cottage',
        'Harbor Row',
        'Willow Flats',
        'Station Yard',
        'Lantern Place',
        'Ferry Steps',
        'Clover Homes',
        'Bend Terrace',
        'Hill Apartments',
      ][index] ?? '',
    ...(index % 3 === 0 ? { unit: `Unit ${index + 1}B` } : {}),
    street: `${100 + index * 14} ${streets[index % streets.length]}`,
  })),
};

export const rosa: DemoCustomer = {
  key: 'rosa',
  kind: 'residential',
  name: 'Rosa Quill',
  address: { street: '31 Juniper Lane' },
  language: 'es',
  people: [{ key: 'rosa', name: 'Rosa Quill', email: 'rosa.quill@example.com', phone: '(512) 555-0111', language: 'es', bills: true }],
};

export const marlowes: DemoCustomer = {
  key: 'marlowes',
  kind: 'residential',
  name: 'Gil and Tess Marlowe',
  address: { street: '9 Willow Bend' },
  people: [{ key: 'marlowes', name: 'Gil and Tess Marlowe', email: 'marlowes@example.com', phone: '(512) 555-0112', shared: true, bills: true }],
};

/** Sixty characters, so that every page shows what it does with a long name. */
export const longName = 'Wilhelmina Featherstonehaugh-Castellanos de la Vega y Ortega';

/** The others of Sampleton: names short and long, one with ñ, one with an apostrophe, one with an emoji. */
export const neighbors: readonly DemoCustomer[] = [
  person('peña', 'Inés Peña', 'ines.pena', 'es'),
  person('oday', "Maeve O'Day", 'maeve.oday'),
  person('long', longName, 'w.featherstonehaugh'),
  person('sun', 'Café Sunrise 🌻 (demo)', 'cafe.sunrise', 'en', 'commercial'),
  person('lin', 'Bo Li', 'bo.li'),
  person('tremblay', 'Élodie Tremblay', 'elodie.tremblay', 'fr'),
  person('church', 'Sampleton Community Hall (demo)', 'hall', 'en', 'commercial', true),
  person('harris', 'Nadia Harris', 'nadia.harris'),
  person('okafor', 'Chidi Okafor', 'chidi.okafor.old'),
  person('brandywine', 'Brandywine Dental (demo)', 'office.brandywine', 'en', 'commercial'),
  person('sato', 'Emi Sato', 'emi.sato'),
  person('velez', 'Julián Vélez', 'julian.velez', 'es'),
  person('kowalski', 'Piotr Kowalski', 'piotr.kowalski'),
  person('abara', 'Ngozi Abara', 'ngozi.abara'),
  person('finn', 'Finn Larsen', 'finn.larsen'),
  person('gate', 'Gatehouse Storage (demo)', 'gatehouse', 'en', 'commercial'),
  person('dubois', 'Marc Dubois', 'marc.dubois', 'fr'),
  person('ruiz', 'Carmen Ruiz', 'carmen.ruiz', 'es'),
  person('wu', 'Grace Wu', 'grace.wu'),
  person('hobbs', 'Walter Hobbs', 'walter.hobbs'),
];

function person(
  key: string,
  name: string,
  mailbox: string,
  language: 'en' | 'es' | 'fr' = 'en',
  kind: 'residential' | 'commercial' = 'residential',
  taxExempt = false,
): DemoCustomer {
  const seat = key.length * 7 + mailbox.length;
  return {
    key,
    kind,
    name,
    ...(kind === 'commercial' ? { company: name, termsDays: 30 } : {}),
    taxExempt,
    language,
    address: { street: `${10 + seat} ${streets[seat % streets.length]}` },
    people: [{ key, name: kind === 'commercial' ? `${name.split(' ')[0]} front desk` : name, email: `${mailbox}@example.com`, language, bills: true }],
  };
}

/** Nobody reads these any more: what is mailed there comes back. */
export const deadAddresses: ReadonlySet<string> = new Set(['chidi.okafor.old@example.com']);
