/** Who approves: two persons where a customer wants it. */
export const authority = {
  waitingSecond: 'Waiting for a second person',
  rule: (from: string) => (from === '' ? 'On your account, two people approve.' : `On your account, two people approve from ${from} on.`),
  first: 'Yours is the first of the two. Once a second person approves the same, it is approved.',
  second: (name: string, day: string) => `${name} approved first on ${day}. With yours, it is approved.`,
  other: (name: string, amount: string) => `${name} approved other choices, ${amount} in all. If you approve these, a second person has to approve these too.`,
  pressFirst: (amount: string) => `Approve ${amount} as the first of two`,
  approvedFirst: (name: string, day: string) => `${name} approved this first on ${day}. A second person has to approve it too.`,
  youDid: (day: string) => `You approved this on ${day}. It is approved once a second person approves it too.`,
  takeBack: 'Take back my approval',
  takeBackTitle: 'Take back your approval',
  takeBackLead: 'Your approval no longer counts as the first of two. The record of it stays, with the record that you took it back.',
  takeBackPress: (amount: string) => `Take back approval of ${amount}`,
  firstBy: 'Approved first by',
  firstOn: 'First approval on',
  timeline: (name: string, amount: string) => `Approved first by ${name}: ${amount}`,
  mail: {
    subject: (paper: string) => `Approved first: ${paper}`,
    lead: (paper: string, amount: string) => `You approved ${paper} for ${amount} as the first of two. Once a second person approves it too, it is approved.`,
    toApprove: (name: string, paper: string, amount: string) =>
      `${name} approved ${paper} for ${amount} first. Your account wants a second person, and it waits for you.`,
  },
};
