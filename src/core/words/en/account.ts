import { counted } from '../counted.ts';

const n = counted('en');

export const linkEnded = {
  title: 'This link has ended',
  lead: (masked: string) => `We can send a new one to ${masked}.`,
  leadNoAddress: 'We can send a new one to the address we have for you.',
  send: 'Send me a new link',
  sentTitle: 'A new link is on its way',
  sent: (masked: string) => `We sent it to ${masked}. It should be there in a minute; look in your spam folder too.`,
  sentNoAddress: 'We sent it to the address we have for you. It should be there in a minute; look in your spam folder too.',
  otherAddress: (phone: string) => `Not your address any more? Call ${phone}.`,
  needCookieTitle: 'Please open the link from your mail',
  needCookie: 'This page opens from the link we sent you. For your safety it does not open by its address alone.',
};

export const frontDoor = {
  title: (business: string) => `Your bills with ${business}`,
  lead: 'See and pay your invoices. No password needed.',
  signInTitle: 'Sign in',
  sendCode: 'Send me a code',
  findTitle: 'Find my invoice',
  findLead: 'Enter the number on your invoice and your e-mail address. We will mail you the link.',
  findNumber: 'Invoice number',
  findSend: 'Mail me the link',
  findDoneTitle: 'Please look in your mailbox',
  findDone: 'If the number and the address belong together, the link is on its way. If nothing comes within a few minutes, check both or call us.',
  contact: 'Talk to us',
};

export const signIn = {
  title: 'Sign in',
  emailLabel: 'Your e-mail address',
  sendCode: 'Send me a code',
  codeTitle: 'Enter your code',
  codeLead: (email: string) => `If we know ${email}, a code with six digits is on its way there. It works for 10 minutes.`,
  codeLeadNoAddress: 'If we know your address, a code with six digits is on its way there. It works for 10 minutes.',
  codeLabel: 'Sign-in code',
  enter: 'Sign in',
  newCode: 'Send me a new code',
  otherEmail: 'Use another address',
  nothingCame: 'Nothing came? Look in your spam folder, or use the address we send your invoices to.',
  remember: 'Stay signed in on this device for 30 days',
  linkTitle: 'Sign in here?',
  linkLead: (email: string) => `Press to sign in as ${email} in this browser.`,
  linkEnter: 'Yes, sign me in',
  linkOtherBrowser: 'Please open this link in the browser you asked from, or enter the code there.',
  signedOut: 'You are signed out.',
  ended: 'You were signed out to keep your account safe. Please sign in again.',
  wrong: 'This code is wrong or has ended. Check it, or ask for a new one.',
};

export const home = {
  title: 'Home',
  greeting: (name: string) => `Hello ${name}`,
  needsYou: 'What needs you',
  nothingNeedsYou: 'Nothing needs you right now.',
  payDueNow: (amount: string) => `Pay ${amount} due now`,
  youOwe: 'What you owe',
  balance: 'Balance',
  dueNow: 'Due now',
  dueLater: 'Due later',
  onItsWay: 'On its way',
  inQuestion: 'In question',
  heldBack: 'Held back (retainage)',
  creditAvailable: 'Credit available',
  overdueOf: (amount: string) => `of which ${amount} overdue`,
  recent: 'Recent',
  recentPayments: 'Recent payments',
  allInvoices: 'All invoices',
  allPayments: 'All payments',
  allPaid: 'You are all paid up. Thank you.',
  nav: { home: 'Home', invoices: 'Invoices', payments: 'Payments', more: 'More', profile: 'Your details' },
};

export const invoices = {
  title: 'Invoices',
  searchLabel: 'Search by number, property, PO or amount',
  tabs: { open: 'To pay', overdue: 'Overdue', paid: 'Paid', all: 'All' },
  count: (count: number) => n(count, { one: '# invoice', other: '# invoices' }),
  number: 'Number',
  date: 'Date',
  due: 'Due',
  status: 'Status',
  property: 'Property',
  poNumber: 'PO number',
  total: 'Total',
  balance: 'Balance',
  allProperties: 'All properties',
  from: 'From',
  to: 'To',
  apply: 'Show',
  empty: 'There are no invoices yet. When we send you one, it is here.',
  noneFound: 'No invoice fits. Try fewer words or another filter.',
  nonePayable: 'Nothing is waiting to be paid.',
  clearFilters: 'Clear filters',
};

export const payments = {
  title: 'Payments',
  receipts: 'Payments and receipts',
  count: (count: number) => n(count, { one: '# payment', other: '# payments' }),
  date: 'Date',
  method: 'Paid by',
  amount: 'Amount',
  status: 'Status',
  paidFor: 'Paid for',
  openReceipt: 'Receipt',
  empty: 'There are no payments yet. When you pay, the receipt is here.',
};

export const profile = {
  title: 'Your details',
  lead: (business: string) => `What ${business} knows about you. Changes count here only.`,
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail address',
  emailNote: 'To change your e-mail address, please call or write to us.',
  language: 'Language',
  save: 'Save changes',
  saved: 'Your changes are saved.',
};

export const access = {
  title: 'Who can open this',
  lead: 'Each person has their own link. It opens this invoice only.',
  sentOn: (date: string) => `Link sent ${date}`,
  lastUsed: (date: string) => `Last used ${date}`,
  neverUsed: 'Not used yet',
  worksUntil: (date: string) => `Works until ${date}`,
  ended: 'Ended',
  you: 'You',
  wholeAccount: 'Sees all invoices of this account',
  end: 'End this link',
  endConfirm: (name: string) => `End the link of ${name}? It stops working at once.`,
  endedNow: 'The link has ended.',
};
