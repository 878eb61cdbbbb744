import { counted } from '../counted.ts';

const n = counted('en');

/** Change orders of what was agreed, and the contract to date. */
export const changeOrder = {
  title: 'Change orders',
  changesWhat: 'Changes',
  changes: (number: string) => `Changes ${number}`,
  contract: 'Contract to date',
  original: 'Agreed first',
  approvedChanges: (count: number) => n(count, { one: '# approved change', other: '# approved changes' }),
  before: 'Contract now',
  thisChange: 'This change',
  after: 'Contract after approval',
  billed: 'Billed to date',
  left: 'Left to bill',
  released: (amount: string) => `${amount} of what was held back was released`,
  notStanding: (number: string) => `${number} is not approved any more, so this change cannot be approved now.`,
  /** What pages of an estimate say instead, when it is a change order. */
  instead: {
    work: 'What changes',
    scope: 'What changes, and why',
    back: 'Back to the change order',
    notYouLead: 'Close this change order in this browser. Nobody else loses anything, and the link in the mail keeps working.',
    renewText: 'Please renew this change order. I would like to go ahead.',
  },
  banner: {
    expiredTitle: 'This change order has expired',
    withdrawnTitle: 'We have withdrawn this change order',
    withdrawnLead: 'It can no longer be approved. What was agreed before stays as it is.',
    replacedTitle: 'There is a newer version of this change order',
    approvalWithdrawn: (day: string) => `The approval was withdrawn on ${day}. The change order waits for an answer again.`,
  },
  decline: { title: 'Decline this change order', lead: 'Nothing changes: what was agreed before stays as it is.', press: 'Decline this change order' },
  timeline: { issued: 'Change order made' },
  undo: { lead: 'The change order waits for an answer again. The record of the approval stays, with the record that it was withdrawn.' },
};
