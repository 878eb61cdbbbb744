import { Refusal } from '../../core/refusal.ts';

export type ImportKind = 'customers' | 'invoices';

/** What a column means, and the headings people's exports give it, in small letters without blanks or signs. */
const headings = {
  customers: {
    name: ['displayname', 'customer', 'customername', 'clientname', 'name', 'fullname'],
    company: ['company', 'companyname'],
    firstName: ['firstname', 'givenname'],
    lastName: ['lastname', 'familyname', 'surname'],
    email: ['email', 'emailaddress', 'mainemail', 'emails'],
    phone: ['phone', 'phonenumber', 'mainphone', 'phonenumbers', 'mobile'],
    street: ['billingstreet', 'billingaddress', 'billaddressline1', 'billingstreet1', 'street', 'address'],
    city: ['billingcity', 'billaddresscity', 'city'],
    region: ['billingstate', 'billingprovince', 'billaddressstate', 'state', 'province'],
    postalCode: ['billingzip', 'billingzipcode', 'billingpostalcode', 'billaddresspostalcode', 'zip', 'zipcode', 'postalcode'],
    propertyName: ['propertyname', 'servicepropertyname', 'sitename', 'location'],
    propertyCode: ['propertycode', 'sitecode'],
    propertyUnit: ['propertyunit', 'unit'],
    propertyStreet: ['propertystreet', 'servicestreet', 'servicestreet1', 'shipaddressline1', 'propertyaddress', 'serviceaddress'],
    propertyCity: ['propertycity', 'servicecity', 'shipaddresscity'],
    propertyRegion: ['propertystate', 'servicestate', 'serviceprovince', 'shipaddressstate'],
    propertyPostalCode: ['propertyzip', 'servicezip', 'servicezipcode', 'servicepostalcode', 'shipaddresspostalcode'],
    terms: ['paymentterms', 'terms'],
    taxExempt: ['taxexempt', 'exempt', 'nontaxable'],
    poRequired: ['porequired', 'ponumberrequired'],
    language: ['language', 'preferredlanguage'],
    notes: ['notes', 'note', 'memo'],
  },
  invoices: {
    number: ['invoiceno', 'invoicenumber', 'invoice', 'num', 'docnumber', 'number'],
    customer: ['customer', 'customername', 'client', 'clientname', 'displayname', 'billto'],
    issuedOn: ['invoicedate', 'date', 'issuedate', 'issueddate', 'txndate'],
    dueOn: ['duedate', 'due'],
    property: ['property', 'propertyname', 'location', 'serviceaddress', 'site'],
    poNumber: ['ponumber', 'po', 'purchaseorder', 'pono'],
    workOrderNumber: ['workordernumber', 'workorder', 'wonumber'],
    item: ['item', 'product', 'productservice', 'itemname', 'service', 'lineitem'],
    description: ['description', 'itemdescription', 'linedescription'],
    serviceOn: ['servicedate', 'serviceon'],
    quantity: ['qty', 'quantity', 'itemquantity'],
    unitPrice: ['unitprice', 'rate', 'price', 'itemrate', 'cost', 'itemcost'],
    discount: ['discount', 'itemdiscount', 'linediscount'],
    taxRate: ['taxrate', 'tax', 'taxpercent', 'taxrate1'],
    taxName: ['taxname', 'taxcode', 'taxname1'],
    paid: ['amountpaid', 'paid', 'paidtodate', 'deposit'],
    paidOn: ['paymentdate', 'paiddate', 'datepaid'],
    paidBy: ['paymentmethod', 'method', 'paidby'],
    currency: ['currency', 'currencycode'],
  },
} as const;

export type CustomerColumn = keyof (typeof headings)['customers'];
export type InvoiceColumn = keyof (typeof headings)['invoices'];

const needed: Readonly<Record<ImportKind, readonly string[]>> = { customers: ['name'], invoices: ['number', 'customer', 'issuedOn', 'unitPrice'] };

/** Which column of the file says what. Cells are asked for by meaning; a problem is told with the file's own heading. */
export type Columns<Meaning extends string> = Readonly<{
  list: readonly { column: string; meaning: string | null }[];
  cell: (cells: readonly string[], meaning: Meaning) => string;
  heading: (meaning: Meaning) => string;
}>;

/** Recognises the columns of a file. Refuses `import_columns_missing` naming what was looked for and not found. */
export function readColumns<Meaning extends string>(kind: ImportKind, header: readonly string[]): Columns<Meaning> {
  const known = Object.entries(headings[kind]) as [Meaning, readonly string[]][];
  const places = new Map<Meaning, number>();
  const folded = header.map((heading) =>
    heading
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]/g, ''),
  );
  for (const [meaning, names] of known) {
    const at = names.map((name) => folded.indexOf(name)).find((place) => place >= 0 && ![...places.values()].includes(place));
    if (at !== undefined) places.set(meaning, at);
  }
  const missing = needed[kind].filter((meaning) => !places.has(meaning as Meaning));
  if (missing.length > 0) throw new Refusal('import_columns_missing', { missing, found: header.slice(0, 50) });
  return {
    list: header.map((column, at) => ({ column, meaning: [...places].find(([, place]) => place === at)?.[0] ?? null })),
    cell: (cells, meaning) => cells[places.get(meaning) ?? -1] ?? '',
    heading: (meaning) => header[places.get(meaning) ?? -1] ?? meaning,
  };
}
