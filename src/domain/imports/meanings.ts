export const importKinds = ['customers', 'invoices', 'items', 'openings'] as const;
export type ImportKind = (typeof importKinds)[number];
export const isKind = (text: string | undefined): text is ImportKind => (importKinds as readonly (string | undefined)[]).includes(text);
/** In doubt a file is what stands first. */
export const kindsInOrder: readonly ImportKind[] = ['invoices', 'customers', 'items', 'openings'];

/** What a column can mean, and the headings people's exports give it, in small letters without blanks or signs. */
const headings = {
  customers: {
    name: ['displayname', 'customer', 'customername', 'clientname', 'name', 'fullname', 'client'],
    company: ['company', 'companyname'],
    firstName: ['firstname', 'givenname', 'contactfirstname'],
    lastName: ['lastname', 'familyname', 'surname', 'contactlastname'],
    email: ['email', 'emailaddress', 'mainemail', 'emails', 'contactemail'],
    phone: ['phone', 'phonenumber', 'mainphone', 'mainphones', 'phonenumbers', 'mobile', 'contactphone'],
    street: ['billingstreet', 'billingaddress', 'billaddressline1', 'billingstreet1', 'street', 'streetaddress', 'address'],
    unit: ['billingstreet2', 'billaddressline2', 'aptsuite', 'suite'],
    city: ['billingcity', 'billaddresscity', 'city'],
    region: ['billingstate', 'billingprovince', 'billaddressstate', 'state', 'province', 'stateprovince'],
    postalCode: ['billingzip', 'billingzipcode', 'billingpostalcode', 'billaddresspostalcode', 'zip', 'zipcode', 'postalcode'],
    propertyName: ['propertyname', 'servicepropertyname', 'sitename', 'location'],
    propertyCode: ['propertycode', 'sitecode'],
    propertyUnit: ['propertyunit', 'unit', 'servicestreet2'],
    propertyStreet: ['propertystreet', 'servicestreet', 'servicestreet1', 'shipaddressline1', 'shippingstreet', 'propertyaddress', 'serviceaddress'],
    propertyCity: ['propertycity', 'servicecity', 'shipaddresscity', 'shippingcity'],
    propertyRegion: ['propertystate', 'servicestate', 'serviceprovince', 'shipaddressstate', 'shippingstateprovince'],
    propertyPostalCode: ['propertyzip', 'servicezip', 'servicezipcode', 'servicepostalcode', 'shipaddresspostalcode', 'shippingpostalcode'],
    propertyOwner: ['propertyowner', 'owner', 'ownername'],
    propertyCostCode: ['propertycostcode', 'costcode', 'glcode', 'glaccount'],
    propertyAccessNotes: ['propertyaccessnotes', 'accessnotes'],
    terms: ['paymentterms', 'terms'],
    taxExempt: ['taxexempt', 'exempt', 'nontaxable'],
    poRequired: ['porequired', 'ponumberrequired'],
    language: ['language', 'preferredlanguage'],
    notes: ['notes', 'note', 'memo', 'privatenotes'],
  },
  invoices: {
    number: ['invoiceno', 'invoicenumber', 'invoice', 'num', 'no', 'docnumber', 'number'],
    customer: ['customer', 'customername', 'client', 'clientname', 'displayname', 'billto', 'name'],
    issuedOn: ['invoicedate', 'issueddate', 'issuedate', 'date', 'txndate'],
    dueOn: ['duedate', 'due'],
    terms: ['terms', 'paymentterms'],
    property: ['property', 'propertyname', 'location', 'serviceaddress', 'servicestreet', 'site'],
    poNumber: ['ponumber', 'po', 'purchaseorder', 'pono'],
    workOrderNumber: ['workordernumber', 'workorder', 'wonumber'],
    item: ['item', 'product', 'productservice', 'itemproductservice', 'itemname', 'itemproduct', 'service', 'lineitem'],
    description: ['description', 'itemdescription', 'itemnotes', 'linedescription', 'memodescription', 'memo', 'subject'],
    serviceOn: ['servicedate', 'serviceon'],
    quantity: ['qty', 'quantity', 'itemquantity'],
    unitPrice: ['unitprice', 'rate', 'price', 'itemrate', 'cost', 'itemcost', 'salesprice'],
    amount: ['itemamount', 'lineamount', 'linetotal', 'itemlinetotal'],
    total: ['total', 'invoicetotal', 'amount', 'invoiceamount', 'totalamount'],
    open: ['openbalance', 'balance', 'amountdue', 'balancedue'],
    discount: ['itemdiscount', 'linediscount', 'discount'],
    taxRate: ['taxrate', 'itemtaxrate1', 'tax', 'taxpercent', 'taxrate1'],
    taxName: ['taxname', 'itemtaxname1', 'taxcode', 'taxname1'],
    paid: ['amountpaid', 'paid', 'paidtodate'],
    paidOn: ['paymentdate', 'paiddate', 'datepaid', 'markedpaiddate'],
    paidBy: ['paymentmethod', 'method', 'paidby'],
    type: ['transactiontype', 'type'],
    currency: ['currency', 'currencycode'],
  },
  items: {
    name: ['name', 'item', 'itemname', 'product', 'productservice', 'productservicename', 'service', 'itemproduct'],
    description: ['description', 'salesdescription', 'itemdescription', 'notes'],
    unitPrice: ['unitprice', 'price', 'salesprice', 'salespricerate', 'rate', 'cost'],
    unit: ['unit', 'unitofmeasure', 'uom'],
    taxRate: ['taxrate', 'tax', 'taxrate1'],
    taxName: ['taxname', 'taxname1'],
  },
  openings: {
    customer: ['customer', 'customername', 'client', 'clientname', 'displayname', 'name'],
    asOf: ['asof', 'date', 'openingdate', 'asofdate'],
    dueOn: ['duedate', 'due'],
    owed: ['owed', 'openingbalance', 'amountowed', 'openbalance', 'balance', 'amount'],
    credit: ['credit', 'openingcredit', 'creditbalance', 'unusedcredit'],
    note: ['note', 'notes', 'memo', 'description'],
  },
} as const satisfies Record<ImportKind, Record<string, readonly string[]>>;

export type CustomerColumn = keyof (typeof headings)['customers'];
export type InvoiceColumn = keyof (typeof headings)['invoices'];
export type ItemColumn = keyof (typeof headings)['items'];
export type OpeningColumn = keyof (typeof headings)['openings'];

export function meaningsOf(kind: ImportKind): readonly { meaning: string; headings: readonly string[] }[] {
  return Object.entries(headings[kind]).map(([meaning, names]) => ({ meaning, headings: names }));
}

/** What a row cannot do without: of each group one, named by its first. */
const needed: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  customers: [['name', 'company', 'firstName', 'lastName']],
  invoices: [['number'], ['customer'], ['issuedOn'], ['unitPrice', 'amount', 'total']],
  items: [['name'], ['unitPrice']],
  openings: [['customer'], ['owed', 'credit']],
};

export function missingFrom(kind: ImportKind, mapping: readonly (string | null)[]): string[] {
  return needed[kind].filter((group) => !group.some((meaning) => mapping.includes(meaning))).map(([first = '']) => first);
}

export function fold(heading: string): string {
  return heading
    .slice(0, 200)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '');
}
