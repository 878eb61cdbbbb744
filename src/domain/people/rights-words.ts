import { type Right, rights, rightsOfRole, type StaffRole, staffRoles } from './rights.ts';

/** What each right lets somebody do, in words: for the settings page and the handbook. A right without words does not compile. */
const words: Readonly<Record<Right, string>> = {
  'settings:read': 'See the settings of the business',
  'settings:write': 'Change the settings: company, look, numbers, taxes, ways to pay',
  'customers:read': 'See customers, their people and properties',
  'customers:write': 'Add and change customers, their people and properties',
  'items:read': 'See the price book',
  'items:write': 'Change the price book',
  'invoices:read': 'See invoices and who can open them',
  'invoices:write': 'Write, send, cancel and replace invoices',
  'estimates:read': 'See estimates and who can open them',
  'estimates:write': 'Write, send, revise and withdraw estimates',
  'jobs:read': 'See jobs, visits and who makes them',
  'jobs:write': 'Plan jobs and visits, move and assign them, say what was done',
  'payments:read': 'See payments',
  'payments:write': 'Record payments and take them back',
  'messages:read': 'Read questions and the mail that went out',
  'messages:write': 'Answer questions',
  'events:read': 'See everything that happened, live',
  'imports:read': 'See imports',
  'imports:write': 'Import customers and invoices, and undo it',
  'reports:read': 'See reports',
  'webhooks:read': 'See which programs are told what happens',
  'webhooks:write': 'Say which programs are told what happens',
  'exports:read': 'Export data: customers, invoices, payments, journals, one customer’s data',
  'team:write': 'Invite, change and remove colleagues; assign the crew',
  'keys:write': 'Make and end API keys',
};

/** The crew's own, which are fewer than the rights their acts rest on. */
const crewWords = [
  'See the customers assigned to them: name, address, phone, access notes, and their own work there',
  'Write an invoice from the price book, with photos, and hand it to the office',
  'Send an invoice and show its QR code, if the owner allows',
  'See prices and totals, if the owner allows',
] as const;

export type RightsTable = readonly Readonly<{ words: string; roles: readonly StaffRole[] }>[];

/** Who may do what, as rows of a table. Made from the rights themselves, so that it cannot say anything else. */
export function rightsTable(): RightsTable {
  const office = staffRoles.filter((role) => role !== 'field');
  return [
    ...rights.map((right) => ({ words: words[right], roles: office.filter((role) => rightsOfRole(role).includes(right)) })),
    { words: 'Make, change and remove owners; ask everyone for a passkey or an app', roles: ['owner'] as const },
    ...crewWords.map((each) => ({ words: each, roles: ['field'] as const })),
  ];
}
