import { access, frontDoor, home, invoices, linkEnded, payments, profile, signIn } from './en/account.ts';
import { common, errors, status } from './en/common.ts';
import { invoice, part, question } from './en/invoice.ts';
import { mail } from './en/mail.ts';
import { paper } from './en/paper.ts';
import { announce, pay, receipt, sandbox } from './en/pay.ts';

export const en = {
  common,
  status,
  errors,
  invoice,
  part,
  question,
  pay,
  sandbox,
  receipt,
  announce,
  linkEnded,
  frontDoor,
  signIn,
  home,
  invoices,
  payments,
  profile,
  access,
  mail,
  paper,
};
