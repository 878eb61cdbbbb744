import { access, account, frontDoor, home, invoices, linkEnded, payments, profile, signIn } from './fr/account.ts';
import { authority } from './fr/authority.ts';
import { autopay } from './fr/autopay.ts';
import { back } from './fr/back.ts';
import { billing } from './fr/billing.ts';
import { changeOrder } from './fr/change-order.ts';
import { charges } from './fr/charges.ts';
import { common, errors, status } from './fr/common.ts';
import { devices, everything } from './fr/devices.ts';
import { estimate } from './fr/estimate.ts';
import { estimateMail } from './fr/estimate-mail.ts';
import { fees } from './fr/fees.ts';
import { invoice, part, question } from './fr/invoice.ts';
import { mail } from './fr/mail.ts';
import { messages } from './fr/messages.ts';
import { paper } from './fr/paper.ts';
import { announce, pay, receipt, sandbox } from './fr/pay.ts';
import { people } from './fr/people.ts';
import { property } from './fr/property.ts';
import { questioned } from './fr/questioned.ts';
import { record } from './fr/record.ts';
import { reminders } from './fr/reminders.ts';
import { sharing } from './fr/sharing.ts';
import { shelf } from './fr/shelf.ts';
import { statement } from './fr/statement.ts';
import { tips } from './fr/tips.ts';
import { visits } from './fr/visits.ts';
import type { Words } from './words.ts';

export const fr: Words = {
  common,
  status,
  errors,
  invoice,
  estimate,
  authority,
  changeOrder,
  billing,
  charges,
  back,
  part,
  property,
  question,
  questioned,
  pay,
  sandbox,
  receipt,
  tips,
  shelf,
  fees,
  autopay,
  announce,
  linkEnded,
  frontDoor,
  signIn,
  account,
  statement,
  home,
  invoices,
  payments,
  profile,
  access,
  people,
  devices,
  everything,
  sharing,
  mail,
  messages,
  estimateMail,
  paper,
  record,
  reminders,
  visits,
};
