/** The sections of the settings by what people call them: for the list beside the page and for whoever searches. */
export const settingsGroups = ['Business', 'Money', 'People', 'Connections'] as const;
export type SettingsGroup = (typeof settingsGroups)[number];
export type SectionEntry = Readonly<{ key: string; label: string; group: SettingsGroup; words: string }>;

export const sectionIndex: readonly SectionEntry[] = [
  { key: 'company', label: 'Company', group: 'Business', words: 'name address phone hours license website time zone currency files storage space quota' },
  { key: 'look', label: 'Look', group: 'Business', words: 'logo color brand greeting portal preview' },
  { key: 'numbering', label: 'Numbering', group: 'Business', words: 'next invoice number prefix series' },
  { key: 'wording', label: 'Terms and wording', group: 'Business', words: 'terms footer message days to pay language' },
  { key: 'close', label: 'Close the business', group: 'Business', words: 'delete account remove leave end stop closing' },
  { key: 'taxes', label: 'Taxes', group: 'Money', words: 'sales tax rate vat gst inclusive' },
  {
    key: 'ways-to-pay',
    label: 'Ways to pay',
    group: 'Money',
    words: 'card bank transfer check cash processor stripe tip gratuity card fee surcharge convenience saving discount',
  },
  { key: 'price-book', label: 'Price book', group: 'Money', words: 'items services prices catalog' },
  { key: 'charges', label: 'Late fees and discounts', group: 'Money', words: 'late fee early payment discount deposit' },
  { key: 'estimates', label: 'Estimates', group: 'Money', words: 'quote proposal valid days terms undo code approval word' },
  { key: 'visits', label: 'Visits', group: 'Money', words: 'schedule jobs crew names portal show hide' },
  { key: 'reminders', label: 'Reminders', group: 'Money', words: 'overdue due follow up dunning schedule' },
  { key: 'past-invoices', label: 'Past invoices', group: 'Money', words: 'history imported show hidden' },
  { key: 'team', label: 'Team', group: 'People', words: 'staff colleagues invite roles crew rights remove' },
  { key: 'replies', label: 'Kept answers', group: 'People', words: 'snippets templates questions inbox replies' },
  { key: 'mail', label: 'Mail', group: 'Connections', words: 'from name reply address domain smtp dns bounces' },
  { key: 'keys', label: 'API keys', group: 'Connections', words: 'programs tokens integration scopes' },
  { key: 'webhooks', label: 'Webhooks', group: 'Connections', words: 'notify url events deliveries' },
  { key: 'export', label: 'Export', group: 'Connections', words: 'csv archive download journal quickbooks xero backup' },
];

/** A section nobody described stands among the connections under the name it was given. */
export function groupOf(key: string): SettingsGroup {
  return sectionIndex.find((entry) => entry.key === key)?.group ?? 'Connections';
}

/** Whether every word typed begins a word of the section. */
export function sectionFits(key: string, label: string, typed: string): boolean {
  const words = `${label} ${sectionIndex.find((entry) => entry.key === key)?.words ?? ''}`.toLowerCase().split(/\s+/);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)));
}
