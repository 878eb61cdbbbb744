export const mail = {
  greeting: (name: string) => `Hello ${name},`,
  greetingNoName: 'Hello,',
  signature: (business: string) => `Kind regards,\n${business}`,
  replyOrCall: (phone: string) => `Questions? Reply to this mail or call ${phone}.`,
  replyOnly: 'Questions? Just reply to this mail.',
  whyYou: (business: string, email: string) => `${business} sent this to ${email}.`,
  linkNote: 'This link is yours and opens this invoice only. Whoever has it can see and pay the invoice.',
  buttonFallback: 'If the button does not work, copy this address into your browser:',
  testNote: 'This is a test, sent to you only. Your customer has not received anything.',
  testSubject: (subject: string) => `Test: ${subject}`,
  amount: 'Amount',
  due: 'Due',
  forProperty: 'For',
  attached: 'The invoice is attached as a PDF.',
  alsoSentTo: (names: string) => `Also sent to ${names}, each with their own link.`,
  pdfNote: 'You can download the PDF from the same page.',
  invoiceSent: {
    subject: (number: string, business: string, amount: string) => `Invoice ${number} from ${business}: ${amount}`,
    preview: (amount: string, date: string) => `${amount}, due ${date}`,
    lead: (number: string, amount: string, date: string) => `Here is invoice ${number} for ${amount}, due ${date}.`,
    leadPaid: (number: string, amount: string) => `Here is invoice ${number} for ${amount}. There is nothing to pay.`,
    button: 'See invoice and pay',
    buttonView: 'See invoice',
  },
  invoiceReplaced: {
    subject: (number: string, old: string, business: string) => `Invoice ${number} replaces ${old} (${business})`,
    preview: (amount: string) => `The corrected amount is ${amount}`,
    lead: (number: string, old: string, amount: string) =>
      `We corrected invoice ${old}. It is now invoice ${number} for ${amount}. You owe nothing on the old one.`,
    button: 'See corrected invoice',
  },
  invoiceCanceled: {
    subject: (number: string, business: string) => `Invoice ${number} from ${business} is canceled`,
    preview: 'You owe nothing on it',
    lead: (number: string) => `We canceled invoice ${number}. You owe nothing on it.`,
    button: 'See invoice',
  },
  receipt: {
    subject: (amount: string, business: string) => `Receipt: ${amount} paid to ${business}`,
    preview: (left: string) => `Left to pay: ${left}`,
    lead: (amount: string, date: string, method: string) => `We received ${amount} on ${date} by ${method}. Thank you.`,
    left: (number: string, amount: string) => `Left to pay on invoice ${number}: ${amount}`,
    button: 'See receipt',
  },
  paymentProcessing: {
    subject: (amount: string, business: string) => `${amount} to ${business} is on its way`,
    preview: 'Your bank may take up to five working days',
    lead: (amount: string, date: string) =>
      `You started a payment of ${amount} on ${date}. Your bank may take up to five working days. It counts from that day, and we will write when it arrives.`,
    button: 'See payment',
  },
  paymentReturned: {
    subject: (amount: string, business: string) => `Your bank returned your payment of ${amount} to ${business}`,
    preview: (owed: string) => `You still owe ${owed}`,
    lead: (amount: string, owed: string) => `Your bank returned your payment of ${amount}. You still owe ${owed}. Nothing else was charged.`,
    next: 'You can pay by card or from another bank account.',
    button: (amount: string) => `Pay ${amount}`,
  },
  paymentFailed: {
    subject: (amount: string, business: string) => `Your payment of ${amount} to ${business} did not go through`,
    preview: 'You have not been charged',
    lead: (amount: string) => `Your payment of ${amount} did not go through. You have not been charged.`,
    button: 'Try again',
  },
  questionReceived: {
    subject: (number: string) => `We have your question about invoice ${number}`,
    preview: 'We will answer soon',
    lead: (number: string) => `Thank you for your question about invoice ${number}. We will answer here and on the invoice.`,
    yourQuestion: 'You wrote:',
    button: 'See invoice',
  },
  questionAnswered: {
    subject: (number: string, business: string) => `${business} answered your question about invoice ${number}`,
    preview: 'Here is our answer',
    lead: (number: string) => `Here is our answer to your question about invoice ${number}.`,
    button: 'See answer',
  },
  questionForOffice: {
    subject: (customer: string, number: string) => `${customer} asks about invoice ${number}`,
    preview: 'Answer by replying in the office',
    lead: (customer: string, number: string) => `${customer} asks about invoice ${number}:`,
    button: 'Answer',
  },
  announcementForOffice: {
    subject: (customer: string, amount: string, number: string) => `${customer} announced ${amount} for invoice ${number}`,
    preview: (date: string) => `Expected by ${date}`,
    lead: (customer: string, amount: string, date: string, number: string) =>
      `${customer} told us that ${amount} for invoice ${number} is on its way and should arrive by ${date}. Reminders pause until then.`,
    button: 'Open invoice',
  },
  signInCode: {
    subject: (code: string, business: string) => `${code} is your sign-in code for ${business}`,
    preview: 'It works for 10 minutes',
    lead: 'Enter this code where you asked for it:',
    orPress: 'Or press here in the same browser:',
    button: 'Sign in',
    notYou: 'If you did not ask for it, you need not do anything. Nobody can sign in without this code. Never give it to anyone.',
  },
  newLink: {
    subject: (number: string, business: string) => `Your new link to invoice ${number} from ${business}`,
    preview: 'Your new link',
    lead: (number: string) => `Here is your new link to invoice ${number}.`,
    button: 'Open invoice',
    notYou: 'If you did not ask for it, you need not do anything.',
  },
  staffConfirmCode: {
    subject: (code: string) => `${code} confirms your e-mail address`,
    preview: 'It works for 10 minutes',
    lead: 'Enter this code to confirm your e-mail address:',
    notYou: 'If you did not sign up for Service Invoice Pro, you need not do anything.',
  },
  officeNotice: {
    webhook_stopped: {
      subject: (name: string) => `A webhook has stopped: ${name}`,
      preview: 'Nothing is sent there any more',
      lead: (name: string, why: string) => [
        why === 'gone'
          ? `${name} answered that it is gone (410), so nothing is sent there any more.`
          : why === 'secret_lost'
            ? `The signing secret of ${name} can no longer be read, so nothing is sent there any more. Make a new secret, then switch the webhook on.`
            : `${name} has taken nothing for five days, so nothing is sent there any more.`,
        'Switch it on again once it works, and send what it missed from its log.',
      ],
      button: 'See the webhook',
    },
    key_ending: {
      subject: (name: string) => `The API key ${name} ends soon`,
      preview: 'Programs that use it stop working then',
      lead: (name: string, day: string) => [
        `The key ${name} ends on ${day}. Programs that use it stop working then.`,
        'Replace it before: the old one goes on for a day, so that nothing stops.',
      ],
      button: 'See the keys',
    },
  },
  staffInvite: {
    subject: (business: string, by: string) => `${by} invites you to work in ${business}`,
    preview: (date: string) => `Open until ${date}`,
    lead: (business: string, by: string, role: string) => `${by} invites you to join the team of ${business} as ${role}.`,
    next: 'Press the button, then the button on the page: we mail you a code that shows it is you.',
    until: (date: string) => `The invitation is open until ${date}.`,
    button: 'See the invitation',
    notYou: 'If you do not know what this is about, you need not do anything.',
    roles: { owner: 'owner', admin: 'administrator', office: 'office staff', field: 'field crew' },
  },
  staffNotice: {
    new_device: {
      subject: 'A new device signed in to your account',
      lead: (facts: { device: string }) => `Somebody signed in to your account from a device we have not seen before: ${facts.device}.`,
      after: 'If that was you, you need not do anything. If not, sign in, open You and your devices, sign out everywhere and change your password.',
    },
    email_changing: {
      subject: 'Your e-mail address is about to change',
      lead: (facts: { to: string }) => `Your sign-in address is to become ${facts.to}. It changes once a code mailed there comes back.`,
      after: 'If that was not you, sign in now, open You and your devices and sign out everywhere.',
    },
    email_changed: {
      subject: 'Your e-mail address was changed',
      lead: (facts: { to: string }) => `Your sign-in address is now ${facts.to}. This address no longer signs in.`,
      after: 'If that was not you, write to the owner of your business at once.',
    },
    factor_changed: {
      subject: 'The way you sign in was changed',
      lead: () => 'A passkey or an authenticator app was added to your account or removed from it.',
      after: 'If that was not you, sign in, open You and your devices and sign out everywhere.',
    },
    pay_details_asked: {
      subject: 'How customers pay you is about to change',
      lead: (facts: { by: string }) => `${facts.by} asked to change what customers read about how to pay you. It waits for a second person, or for 24 hours.`,
      after: 'If that is wrong, open Settings, Ways to pay, and cancel it. Nothing has changed for customers yet.',
    },
    pay_details_live: {
      subject: 'How customers pay you has changed',
      lead: (facts: { by: string }) => `What customers read about how to pay you has changed, as ${facts.by} asked.`,
      after: 'If that is wrong, open Settings, Ways to pay, and correct it at once.',
    },
    pay_details_canceled: {
      subject: 'How customers pay you stays as it is',
      lead: (facts: { by: string }) => `${facts.by} canceled the change of what customers read about how to pay you.`,
      after: 'You need not do anything.',
    },
    business_closing: {
      subject: 'Your business is closing here',
      lead: (facts: { by: string; day: string }) =>
        `${facts.by} asked to close the business. Until ${facts.day} everything can be looked at and downloaded; then all of it is removed.`,
      after: 'If that is wrong, sign in, open Settings, Close the business, and press Stop closing: everything works again at once.',
    },
    business_stays: {
      subject: 'Your business stays open',
      lead: (facts: { by: string }) => `${facts.by} stopped the closing. Everything works as before.`,
      after: 'You need not do anything.',
    },
    processor_asked: {
      subject: 'Where card and bank payments go is about to change',
      lead: (facts: { by: string }) => `${facts.by} asked to connect another Stripe account. It waits for a second person, or for 24 hours.`,
      after: 'If that is wrong, open Settings, Ways to pay, and cancel it. Payments still go where they went before.',
    },
    processor_connected: {
      subject: 'A Stripe account was connected',
      lead: (facts: { by: string }) => `Card and bank payments of your customers can now go to the Stripe account that ${facts.by} connected.`,
      after: 'If that is wrong, open Settings, Ways to pay, and disconnect it at once.',
    },
    processor_canceled: {
      subject: 'Your Stripe account stays as it is',
      lead: (facts: { by: string }) => `${facts.by} canceled the change of the Stripe account.`,
      after: 'You need not do anything.',
    },
    processor_disconnected: {
      subject: 'Stripe was disconnected',
      lead: (facts: { by: string }) => `${facts.by} disconnected Stripe. Customers can no longer pay by it.`,
      after: 'If that is wrong, open Settings, Ways to pay, and connect it again.',
    },
    refund_waiting: {
      subject: 'A refund waits for your approval',
      lead: (facts: { by: string }) => `${facts.by} asked for a refund above the limit your business set. Nothing has gone back yet.`,
      after: 'Open Needs you to approve or decline it.',
    },
    refund_made: {
      subject: 'A large refund was made',
      lead: (facts: { by: string; to: string }) => `${facts.by} gave back money of payment ${facts.to}, above the limit your business set.`,
      after: 'If that was not you, sign in now, open You and your devices and sign out everywhere.',
    },
  },
};
