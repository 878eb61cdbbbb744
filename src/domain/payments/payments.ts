/**
 * Payments: what the office records, what customers start and announce, and what processors say of it. Money moves through the
 * ledger only, by transfers that are never changed; every state follows one table (payment.ts).
 */

export { type Allocation, allocate, apart, fullOf, type LeftOut, leftOutOf, type OneAccount, type PayChoice, seenOf } from './allocate/allocation.ts';
export { startAllocated } from './allocate/start.ts';
export { type Announcement, announcePayment, countAnnouncements, endAnnouncement } from './announced/announce.ts';
export { endOverAnnouncements } from './announced/ending.ts';
export { askProcessor, openCheckout, type Till } from './checkout/checkout.ts';
export { reconcilePayments } from './checkout/reconcile.ts';
export { startPayment } from './checkout/start.ts';
export { countStuck, type NoticeEnd, storeNotice, workNotice } from './inbound/notices.ts';
export {
  type ListedAnnouncement,
  type ListedPayment,
  listAnnouncements,
  listPayments,
  type PageOf,
  type PaymentFilter,
  type PaymentNeed,
  type PortalPayment,
  paymentNeeds,
  portalPayments,
  portalPaymentsOf,
  readPayment,
} from './lists/lists.ts';
export {
  type AttemptEvent,
  attemptEvents,
  type CheckoutAnswer,
  type CheckoutPlace,
  eventOf,
  type Method,
  type OfflineMethod,
  type OfflinePayment,
  offlineMethods,
  type PaymentState,
  paymentStates,
  type RecordedPayment,
  type Share,
  type StartedPayment,
  type StartPayment,
  stepOf,
  type Target,
} from './payment.ts';
export { recordPayment, spreadPayment } from './record.ts';
export { reversePayment } from './reverse.ts';
export { type OwnOutcome, type Settlement, settleAttempt } from './settle.ts';
export { sharesOf } from './shares.ts';
export { showPaymentHistory } from './show-history.ts';
export { type Bill, type Bills, billsOf, billsQueryOf, mostBills, type PayFacts, payFactsOf, payFactsQuery, readPayFacts } from './view/pay-facts.ts';
export { type AttemptView, attemptViewOf, attemptViewQuery, readReceipt, receiptFactsQuery, receiptOf } from './view/view.ts';
