/** Mails about estimates. `paper`: what the business calls one, and its number: "Estimate E-1001". */
export const estimateMail = {
  papers: { estimate: 'Estimate', quote: 'Quote', proposal: 'Proposal', change_order: 'Change order' },
  version: (paper: string, revision: number) => `${paper}, version ${revision}`,
  validUntil: (date: string) => `Valid until ${date}`,
  seeAndApprove: 'Review and approve',
  see: 'See it',
  linkNote: 'This link is yours and opens this document only.',
  reason: 'Reason',
  sent: {
    subject: (paper: string, business: string, amount: string) => `${paper} from ${business}: ${amount}`,
    lead: (paper: string, amount: string, date: string) => `${paper} for ${amount} is ready for you. You can look at it, choose and approve until ${date}.`,
  },
  replaced: {
    subject: (paper: string, business: string) => `${paper} from ${business}: new version`,
    lead: (paper: string, amount: string, date: string) =>
      `${paper} has a new version for ${amount}. The page shows what changed. You can approve it until ${date}.`,
  },
  reminder: {
    subject: (paper: string, business: string, date: string) => `${paper} from ${business} is valid until ${date}`,
    lead: (paper: string, amount: string, date: string) => `${paper} for ${amount} is waiting for you. It is valid until ${date}.`,
  },
  toApprove: {
    subject: (paper: string, amount: string) => `Waiting for you: ${paper} for ${amount}`,
    lead: (name: string, paper: string, amount: string) => `${name} recommends ${paper} for ${amount}. It is above the approval limit there and waits for you.`,
  },
  approved: {
    subject: (paper: string, amount: string) => `Approved: ${paper} for ${amount}`,
    lead: (paper: string, amount: string) => `You approved ${paper} for ${amount}. The page shows what was signed and how to take it back.`,
  },
  recommended: {
    subject: (paper: string) => `Recommended: ${paper}`,
    lead: (paper: string, amount: string) =>
      `You recommended ${paper} for ${amount}. It is above your approval limit and waits for somebody else of your account.`,
  },
  withdrawn: {
    subject: (paper: string) => `Approval withdrawn: ${paper}`,
    lead: (paper: string) => `The approval of ${paper} was taken back. It waits again.`,
  },
  forOffice: {
    approved: (customer: string, paper: string, amount: string) => `${customer} approved ${paper} for ${amount}`,
    recommended: (customer: string, paper: string, amount: string) => `${customer} recommends ${paper} for ${amount}`,
    declined: (customer: string, paper: string) => `${customer} declined ${paper}`,
    changes_requested: (customer: string, paper: string) => `${customer} asks for changes to ${paper}`,
    withdrawn_approval: (customer: string, paper: string) => `${customer} took back the approval of ${paper}`,
    first_approved: (customer: string, paper: string, amount: string) => `${customer} gave the first of two approvals of ${paper} for ${amount}`,
    by: (name: string) => `By ${name}.`,
    button: 'Open it in the office',
  },
  newLink: {
    subject: (paper: string, business: string) => `Your new link to ${paper} from ${business}`,
    lead: (paper: string) => `Here is your new link to ${paper}.`,
  },
};
