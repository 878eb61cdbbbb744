import { fold, type ImportKind } from './meanings.ts';

/** An export whose headings are known. `marks`: all of them must be there. `means`: where its words differ from the usual; null is left out. */
export type Template = Readonly<{ id: string; program: string; kind: ImportKind; marks: readonly string[]; means: Readonly<Record<string, string | null>> }>;

/** Ours to download and fill in: the headings, and a row that shows how. */
type OwnTemplate = Readonly<{ id: string; kind: ImportKind; header: readonly string[]; example: readonly string[] }>;

export const ownTemplates = [
  {
    id: 'customers',
    kind: 'customers',
    header: [
      'Display Name',
      'Company',
      'First Name',
      'Last Name',
      'Email',
      'Phone',
      'Billing Street',
      'Billing City',
      'Billing State',
      'Billing ZIP',
      'Payment Terms',
      'Notes',
    ],
    example: ['Rosa Quill', '', 'Rosa', 'Quill', 'rosa.quill@example.com', '(512) 555-0111', '12 Creek Road', 'Sampleton', 'TX', '00000', 'Net 15', ''],
  },
  {
    id: 'properties',
    kind: 'customers',
    header: [
      ...['Customer', 'Property Code', 'Property Name', 'Property Unit', 'Property Street', 'Property City', 'Property State', 'Property ZIP'],
      ...['Property Owner', 'Cost Code', 'Access Notes'],
    ],
    example: [
      ...['Larkspur Keys Property Management', 'LK-01', 'Elm Court', '', '1 Elm Court', 'Sampleton', 'TX', '00000'],
      ...['Edgar Finch', 'GL-6200', 'Key box at the side door'],
    ],
  },
  {
    id: 'invoices',
    kind: 'invoices',
    header: [
      'Invoice No',
      'Customer',
      'Invoice Date',
      'Due Date',
      'Property',
      'PO Number',
      'Item',
      'Description',
      'Qty',
      'Unit Price',
      'Discount',
      'Tax Rate',
      'Tax Name',
      'Amount Paid',
      'Payment Date',
      'Payment Method',
    ],
    example: [
      '1001',
      'Rosa Quill',
      '2026-01-05',
      '2026-01-20',
      '',
      '',
      'Drain cleaning',
      'Kitchen',
      '2',
      '93.00',
      '',
      '8.25',
      'Sales tax',
      'full',
      '2026-01-12',
      'Check 1044',
    ],
  },
  {
    id: 'items',
    kind: 'items',
    header: ['Item Name', 'Sales Description', 'Unit Price', 'Unit', 'Tax Rate', 'Tax Name'],
    example: ['Drain cleaning', 'One drain, up to 50 ft', '93.00', 'hour', '8.25', 'Sales tax'],
  },
  {
    id: 'openings',
    kind: 'openings',
    header: ['Customer', 'As Of', 'Due Date', 'Owed', 'Credit', 'Note'],
    example: ['Rosa Quill', '2026-01-01', '2026-01-31', '186.00', '', 'Open at the end of 2025'],
  },
] as const satisfies readonly OwnTemplate[];
export type OwnTemplateId = (typeof ownTemplates)[number]['id'];

const foreign: readonly Template[] = [
  {
    id: 'qbo_invoice_lines',
    program: 'QuickBooks Online',
    kind: 'invoices',
    marks: ['invoiceno', 'customer', 'invoicedate', 'itemproductservice', 'itemamount'],
    means: { memo: null, location: null, itemdescription: 'description', itemrate: 'unitPrice', itemamount: 'amount', taxable: null, taxrate: 'taxRate' },
  },
  {
    id: 'qbo_transactions',
    program: 'QuickBooks Online',
    kind: 'invoices',
    marks: ['date', 'transactiontype', 'num', 'name', 'amount'],
    means: { name: 'customer', num: 'number', amount: 'total', openbalance: 'open', memodescription: 'description', posting: null },
  },
  {
    id: 'qbo_invoices',
    program: 'QuickBooks Online',
    kind: 'invoices',
    marks: ['date', 'type', 'no', 'customer', 'amount', 'status'],
    means: { no: 'number', amount: 'total', balance: 'open', memo: 'description', status: null },
  },
  {
    id: 'qbo_customers',
    program: 'QuickBooks Online',
    kind: 'customers',
    marks: ['name', 'companyname', 'streetaddress', 'city', 'state', 'zip', 'phone', 'email'],
    means: { name: 'name', companyname: 'company', streetaddress: 'street', openbalance: null, attachments: null, country: null },
  },
  {
    id: 'jobber_invoices',
    program: 'Jobber',
    kind: 'invoices',
    marks: ['invoice', 'clientname', 'issueddate', 'duedate', 'pretaxtotal', 'total', 'balance'],
    means: {
      invoice: 'number',
      clientname: 'customer',
      issueddate: 'issuedOn',
      total: 'total',
      balance: 'open',
      markedpaiddate: 'paidOn',
      subject: 'description',
      lineitems: 'item',
      pretaxtotal: null,
      taxamount: null,
      discount: null,
      deposit: null,
      tip: null,
      createddate: null,
      servicestreet: null,
    },
  },
  {
    id: 'jobber_clients',
    program: 'Jobber',
    kind: 'customers',
    marks: ['firstname', 'lastname', 'companyname', 'mainphones', 'emails', 'billingstreet1', 'servicestreet1'],
    means: { mainphones: 'phone', emails: 'email', servicepropertyname: 'propertyName', servicestreet2: 'propertyUnit', title: null, tags: null },
  },
  {
    id: 'invoice_ninja_invoices',
    program: 'Invoice Ninja',
    kind: 'invoices',
    marks: ['invoicenumber', 'itemproduct', 'itemcost', 'itemquantity'],
    means: {
      invoiceamount: null,
      invoicebalance: null,
      amount: null,
      balance: null,
      paidtodate: 'paid',
      itemproduct: 'item',
      itemnotes: 'description',
      itemcost: 'unitPrice',
      itemdiscount: 'discount',
      itemtaxname1: 'taxName',
      itemtaxrate1: 'taxRate',
      publicnotes: null,
      status: null,
    },
  },
  {
    id: 'invoice_ninja_clients',
    program: 'Invoice Ninja',
    kind: 'customers',
    marks: ['contactfirstname', 'contactlastname', 'contactemail'],
    means: { balance: null, paidtodate: null, clientname: 'name', aptsuite: 'unit', vatnumber: null, publicnotes: null, privatenotes: 'notes', currency: null },
  },
];

const own: readonly Template[] = ownTemplates.map(({ id, kind, header }) => ({
  id: `own_${id}`,
  program: 'Our own template',
  kind,
  marks: header.map(fold),
  means: {},
}));
const all: readonly Template[] = [...own, ...foreign];

/** The template all of whose marks stand in the header; the one with most marks when there are several. */
export function matching(folded: readonly string[], kind?: ImportKind): Template | null {
  const fitting = all.filter((template) => (kind === undefined || template.kind === kind) && template.marks.every((mark) => folded.includes(mark)));
  return fitting.reduce<Template | null>((best, each) => (best === null || each.marks.length > best.marks.length ? each : best), null);
}

export const programOf = (id: string | null): string | null => all.find((template) => template.id === id)?.program ?? null;

/** One of ours as a file to fill in. */
export function templateFile(id: OwnTemplateId): string {
  const { header, example } = ownTemplates.find((template) => template.id === id) ?? ownTemplates[0];
  const line = (cells: readonly string[]): string => cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',');
  return `\ufeff${line(header)}\r\n${line(example)}\r\n`;
}
