export const devices = {
  title: 'Devices',
  lead: 'Where you are signed in with this address, at every business. Sign out what you do not know or no longer use.',
  name: (browser: string, system: string) => (browser && system ? `${browser} on ${system}` : browser || system || 'Another device'),
  here: 'This device',
  since: (date: string) => `Signed in ${date}`,
  lastUsed: (date: string) => `Last used ${date}`,
  until: (date: string) => `Ends ${date} at the latest`,
  signOut: 'Sign out this device',
  others: 'Sign out all other devices',
  onlyHere: 'You are signed in nowhere else.',
  told: { one: 'That device is signed out.', others: 'All other devices are signed out.' },
  mail: {
    subject: (business: string) => `A new device signed in to your account at ${business}`,
    lead: (device: string, business: string) =>
      `Somebody signed in to your account at ${business} with a code sent to this address, from a device we have not seen before: ${device}.`,
    after:
      'If that was you, you need not do anything. If not, sign in, open Devices and sign out all others, and look after your mailbox: the code came from there.',
  },
};

export const everything = {
  title: 'Everything due',
  lead: 'What is due on your accounts, at every business you sign in to with this address. Only you see this page.',
  open: 'Everything due, in all accounts',
};
