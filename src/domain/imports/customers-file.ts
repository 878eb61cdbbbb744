import { Cells, type Problem, rowProblem } from './cells.ts';
import type { Columns } from './columns.ts';
import type { CustomerColumn } from './meanings.ts';
import type { Reading } from './reading.ts';
import { sameCustomer, sameName } from './stable-id.ts';
import type { TableRow } from './table.ts';

/** What one row of a customers file says: a customer, perhaps a contact, perhaps a property. */
export type CustomerLine = Readonly<{
  source: TableRow;
  problems: readonly Problem[];
  /** Recognises the customer: the display name. */
  key: string;
  customer: Readonly<{
    name: string;
    company: string;
    kind: 'residential' | 'commercial' | 'property_manager';
    billingAddress: Readonly<{ street: string; unit: string; city: string; region: string; postalCode: string }>;
    termsDays: number | null;
    taxExempt: boolean;
    poRequired: boolean;
    language: 'en' | 'es' | 'fr';
    notes: string;
  }>;
  contact: Readonly<{ name: string; email: string; phone: string }> | null;
  property: Readonly<{
    key: string;
    name: string;
    code: string;
    unit: string;
    ownerName: string;
    costCode: string;
    accessNotes: string;
    address: Readonly<{ street: string; city: string; region: string; postalCode: string }>;
  }> | null;
}>;

export function readCustomerLine(source: TableRow, width: number, columns: Columns<CustomerColumn>, reading: Reading): CustomerLine {
  const cells = new Cells<CustomerColumn>(source, columns, reading);
  const name = nameOf(cells);
  const company = cells.text('company');
  const street = cells.text('street');
  const email = cells.email('email');
  const line = {
    source,
    key: sameCustomer(name),
    customer: {
      name,
      company,
      kind: kindOf(company),
      billingAddress: { street, unit: cells.text('unit'), city: cells.text('city'), region: cells.text('region'), postalCode: cells.text('postalCode') },
      termsDays: cells.termsDays('terms'),
      taxExempt: cells.yes('taxExempt'),
      poRequired: cells.yes('poRequired'),
      language: languageOf(cells.text('language')),
      notes: notesOf(cells, email),
    },
    contact: contactOf(cells, name, email),
    property: propertyOf(cells),
  };
  const width_ = source.cells.length === width ? [] : [rowProblem(source, 'import_row_width')];
  return { ...line, problems: [...width_, ...cells.problems] };
}

/** Programs that keep no display name have a company or a person to call a customer by. */
function nameOf(cells: Cells<CustomerColumn>): string {
  const person = [cells.text('firstName'), cells.text('lastName')].filter((part) => part !== '').join(' ');
  if (cells.columns.has('name')) return cells.needed('name');
  const name = cells.text('company') || person;
  if (name === '') cells.add(cells.columns.has('company') ? 'company' : 'firstName', 'required');
  return name;
}

/** What was written where an address should be is kept for the office to read, so that nothing is lost. */
function notesOf(cells: Cells<CustomerColumn>, email: string): string {
  const typed = cells.text('email');
  const notes = cells.text('notes');
  const others = typed.slice(typed.search(/[,;]/) + 1).trim();
  if (email !== '' && /[,;]/.test(typed) && others !== '') return `${notes}\nMore addresses as imported: ${others}`.trim();
  return email === '' && cells.problems.some(({ code }) => code === 'email_invalid') ? `${notes}\nE-mail as imported: ${typed}`.trim() : notes;
}

function contactOf(cells: Cells<CustomerColumn>, customerName: string, email: string): CustomerLine['contact'] {
  const phone = cells.text('phone');
  if (email === '' && phone === '') return null;
  const own = [cells.text('firstName'), cells.text('lastName')].filter((part) => part !== '').join(' ');
  return { name: own || customerName, email, phone };
}

function propertyOf(cells: Cells<CustomerColumn>): CustomerLine['property'] {
  const [name, code, unit, street] = (['propertyName', 'propertyCode', 'propertyUnit', 'propertyStreet'] as const).map((meaning) => cells.text(meaning));
  if (!name && !street && !code) return null;
  const address = {
    street: street ?? '',
    city: cells.text('propertyCity'),
    region: cells.text('propertyRegion'),
    postalCode: cells.text('propertyPostalCode'),
  };
  const more = { ownerName: cells.text('propertyOwner'), costCode: cells.text('propertyCostCode'), accessNotes: cells.text('propertyAccessNotes') };
  return {
    key: [name, code, unit, street].map((part) => sameName(part ?? '')).join('|'),
    name: name ?? '',
    code: code ?? '',
    unit: unit ?? '',
    ...more,
    address,
  };
}

function kindOf(company: string): 'residential' | 'commercial' | 'property_manager' {
  if (/\b(property|properties|mgmt|management|realty|hoa|apartments)\b/i.test(company)) return 'property_manager';
  return company === '' ? 'residential' : 'commercial';
}

function languageOf(text: string): 'en' | 'es' | 'fr' {
  const start = text.slice(0, 2).toLowerCase();
  return start === 'es' || start === 'fr' ? start : 'en';
}
