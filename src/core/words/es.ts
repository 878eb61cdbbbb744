import { access, account, frontDoor, home, invoices, linkEnded, payments, profile, signIn } from './es/account.ts';
import { authority } from './es/authority.ts';
import { autopay } from './es/autopay.ts';
import { back } from './es/back.ts';
import { billing } from './es/billing.ts';
import { changeOrder } from './es/change-order.ts';
import { charges } from './es/charges.ts';
import { common, errors, status } from './es/common.ts';
import { devices, everything } from './es/devices.ts';
import { estimate } from './es/estimate.ts';
import { estimateMail } from './es/estimate-mail.ts';
import { fees } from './es/fees.ts';
import { invoice, part, question } from './es/invoice.ts';
import { mail } from './es/mail.ts';
import { messages } from './es/messages.ts';
import { paper } from './es/paper.ts';
import { announce, pay, receipt, sandbox } from './es/pay.ts';
import { people } from './es/people.ts';
import { property } from './es/property.ts';
import { questioned } from './es/questioned.ts';
import { record } from './es/record.ts';
import { reminders } from './es/reminders.ts';
import { sharing } from './es/sharing.ts';
import { shelf } from './es/shelf.ts';
import { statement } from './es/statement.ts';
import { tips } from './es/tips.ts';
import { visits } from './es/visits.ts';
import type { Words } from './words.ts';

export const es: Words = {
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
