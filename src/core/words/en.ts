import { access, account, frontDoor, home, invoices, linkEnded, payments, profile, signIn } from './en/account.ts';
import { authority } from './en/authority.ts';
import { autopay } from './en/autopay.ts';
import { back } from './en/back.ts';
import { billing } from './en/billing.ts';
import { changeOrder } from './en/change-order.ts';
import { charges } from './en/charges.ts';
import { common, errors, status } from './en/common.ts';
import { devices, everything } from './en/devices.ts';
import { estimate } from './en/estimate.ts';
import { estimateMail } from './en/estimate-mail.ts';
import { fees } from './en/fees.ts';
import { invoice, part, question } from './en/invoice.ts';
import { mail } from './en/mail.ts';
import { messages } from './en/messages.ts';
import { paper } from './en/paper.ts';
import { announce, pay, receipt, sandbox } from './en/pay.ts';
import { people } from './en/people.ts';
import { property } from './en/property.ts';
import { questioned } from './en/questioned.ts';
import { record } from './en/record.ts';
import { reminders } from './en/reminders.ts';
import { sharing } from './en/sharing.ts';
import { shelf } from './en/shelf.ts';
import { statement } from './en/statement.ts';
import { tips } from './en/tips.ts';
import { visits } from './en/visits.ts';

export const en = {
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
