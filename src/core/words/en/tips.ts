/** A tip beside what is paid. */
export const tips = {
  tip: 'Tip',
  title: 'Add a tip?',
  lead: 'Only if you like. It is charged together with the invoice and shown on its own.',
  none: 'No tip',
  percent: (percent: number, amount: string) => `${percent}% · ${amount}`,
  own: 'Another tip',
  ownLabel: 'Your tip',
  ownHint: (most: string) => `Up to ${most}`,
  show: 'Add this tip',
  inIt: (invoice: string, tip: string) => `${invoice} for the invoice and ${tip} tip`,
  withIt: (title: string, tip: string) => `${title} and ${tip} tip`,
};
