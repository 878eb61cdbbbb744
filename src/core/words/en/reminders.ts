/** Reminders, and the page that ends them. {name} {business} {invoices} {amount} {due} {days} are filled in when a mail leaves. */
export const reminders = {
  wording: {
    friendly: {
      subject: 'A reminder from {business}: {amount} due {due}',
      text: 'This is a friendly reminder of {amount} for {invoices}, due {due} ({days}).\n\nIf you have paid already, thank you. You need not do anything.',
    },
    plain: {
      subject: '{amount} to {business} is past due',
      text: 'We have not received {amount} for {invoices} yet. It was due {due} ({days}).\n\nYou can pay online in a minute. If something about the bill is not right, tell us and we will look into it.',
    },
    firm: {
      subject: 'Please pay {amount} to {business}, {days}',
      text: '{amount} for {invoices} is still open. It was due {due} ({days}).\n\nPlease pay it this week. If you cannot, or if something is wrong with the bill, call us or reply to this mail so that we can find a way.',
    },
    missed: {
      subject: 'Your payment to {business} has not arrived yet',
      text: 'You told us that a payment was on its way. It has not reached us yet, so {amount} for {invoices} is still open.\n\nIf you sent it, thank you: it may only be slow. If not, you can pay online now.',
    },
  },
  oneInvoice: (number: string) => `invoice ${number}`,
  invoices: (count: number) => `${count} invoices`,
  dueNow: 'Due now',
  dueOn: (date: string) => `Due ${date}`,
  late: (days: number) => (days === 1 ? '1 day late' : `${days} days late`),
  today: 'due today',
  inDays: (days: number) => (days === 1 ? 'due tomorrow' : `due in ${days} days`),
  button: 'See invoice and pay',
  see: 'See and pay',
  linkNote: 'These links are yours. Each opens one invoice, and whoever has it can see and pay that invoice.',
  stop: 'Stop reminders like this',
  page: {
    title: 'Reminders',
    lead: (business: string, address: string) => `${business} sends reminders of unpaid invoices to ${address}.`,
    stays: 'Invoices, receipts and answers to your questions still come. What you owe stays the same.',
    stop: 'Stop reminders',
    stoppedTitle: 'Reminders are stopped',
    stopped: (business: string, address: string) => `${business} sends no more reminders to ${address}.`,
    resume: 'Turn them on again',
    resumedTitle: 'Reminders are on',
    ended: 'This link no longer works. You find the same choice under Your details after signing in.',
  },
  profile: {
    title: 'Reminders',
    on: 'You get reminders of unpaid invoices by mail.',
    off: 'You get no reminders. Invoices and receipts still come.',
  },
};
