/** Papers that stand beside the bills. */
export const shelf = {
  title: 'Documents',
  lead: 'Insurance, tax forms, contracts and waivers, to look at and keep.',
  kinds: { insurance: 'Insurance', tax_form: 'Tax form', contract: 'Contract', lien_waiver: 'Lien waiver', license: 'License', other: 'Other' },
  until: (day: string) => `Good until ${day}`,
  endsSoon: (day: string) => `Ends on ${day}`,
  empty: 'There are no documents here yet. Ask for the one you need.',
  request: 'Request a document',
  which: 'Which document',
  note: 'What you need it for',
  about: 'For',
  send: 'Send request',
  cancel: 'Not now',
  subject: (kind: string) => `Document needed: ${kind}`,
  please: (kind: string) => `Please put this on the documents page: ${kind}.`,
};
