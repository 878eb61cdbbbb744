import { counted } from '../counted.ts';

const n = counted('en');

/** What is asked for paying late, granted for paying early, and paid ahead. */
export const charges = {
  deposit: 'Deposit',
  depositTitle: (number: string) => `Deposit request ${number}`,
  depositLead: 'This is money paid ahead. We hold it and take it off your invoice. There is no tax on it.',
  depositApplied: 'Deposit applied',
  depositAppliedFrom: (number: string) => `Deposit applied (${number})`,
  payDeposit: (number: string) => `Pay deposit ${number}`,
  lateFee: 'Late fee',
  lateFeeTitle: (number: string) => `Late fee ${number}`,
  feeLine: (number: string) => `Late fee for invoice ${number}`,
  feeWhy: (date: string) => `It was due ${date} and is not paid in full.`,
  feeAbout: (number: string) => `Charged because invoice ${number} was not paid in time.`,
  openAbout: (number: string) => `See invoice ${number}`,
  feeOnce: (fee: string) => `If this is not paid by the due date, we charge a late fee of ${fee}.`,
  feeOnceAfter: (fee: string, days: number) =>
    n(days, {
      one: `If this is not paid within # day after the due date, we charge a late fee of ${fee}.`,
      other: `If this is not paid within # days after the due date, we charge a late fee of ${fee}.`,
    }),
  feeMonthly: (fee: string) => `If this is not paid by the due date, we charge a late fee of ${fee} for each month it is late.`,
  feeMonthlyAfter: (fee: string, days: number) =>
    n(days, {
      one: `If this is not paid within # day after the due date, we charge a late fee of ${fee} for each month it is late.`,
      other: `If this is not paid within # days after the due date, we charge a late fee of ${fee} for each month it is late.`,
    }),
  feeCap: (cap: string) => `Late fees are never more than ${cap} in all.`,
  ofOverdue: (rate: string) => `${rate} of what is overdue`,
  early: 'Discount for paying early',
  earlyOffer: (less: string, date: string, full: string) => `Pay ${less} by ${date} instead of ${full}`,
  earlyRule: (rate: string, saved: string, date: string) => `${rate} off, ${saved}, if you pay in full by ${date}.`,
  depositSubject: (number: string, business: string, amount: string) => `Deposit request ${number} from ${business}: ${amount}`,
  depositMail: (number: string, amount: string, date: string) => `Here is our request for a deposit of ${amount}, due ${date}. It is number ${number}.`,
  feeSubject: (number: string, business: string, amount: string) => `Late fee ${number} from ${business}: ${amount}`,
  feeMail: (number: string, amount: string, date: string) => `A late fee of ${amount} is due ${date}. It is number ${number}.`,
  shareOf: (rate: string, amount: string) => `${rate} of ${amount}`,
  number: 'Number',
  day: 'Date of request',
  seeAndPay: 'See request and pay',
  howToPayLead: (number: string) => `Please write ${number} on your payment so that it finds its place.`,
  used: (amount: string, number: string) => `${amount} applied to invoice ${number}`,
  taken: (amount: string, number: string) => `Deposit ${number} applied: ${amount}`,
  credited: (amount: string) => `${amount} kept as your credit`,
  refunded: (amount: string) => `${amount} given back to you`,
  discounted: (amount: string) => `${amount} off for paying early`,
  asked: 'Deposit requested',
  feeMade: 'Late fee charged',
  installments: 'Installments',
  installment: (place: number, count: number) => `Installment ${place} of ${count}`,
  installmentState: { paid: 'Paid', processing: 'Processing', overdue: 'Overdue', due: 'Due', later: 'Due later' },
  installmentDue: (place: number, count: number, amount: string, date: string) => `Installment ${place} of ${count}: ${amount}, due ${date}`,
  installmentsMail: (number: string, amount: string, count: number) =>
    `Here is invoice ${number} for ${amount}. You pay it in ${count} installments, each earlier if you like.`,
  leftOf: (amount: string) => `${amount} left`,
  balanceOf: (amount: string) => `Balance ${amount}`,
  payNext: (amount: string) => `Pay only ${amount} now`,
  payRest: (amount: string) => `Pay all of it, ${amount}`,
  rescheduled: 'Installments changed',
};
