/**
 * Payments: what the office records, what customers start and announce, and what processors say of it. Money moves through the
 * ledger only, by transfers that are never changed; every state follows one table (payment.ts).
 */

export { type Allocation, allocate, apart, fullOf, type LeftOut, leftOutOf, type OneAccount, type PayChoice, seenOf } from './allocate/allocation.ts';
export { type Begun, spendCredit, startAllocated, startRest } from './allocate/start.ts';
export { type Announcement, announcePayment, countAnnouncements, endAnnouncement } from './announced/announce.ts';
export { endOverAnnouncements } from './announced/ending.ts';
export { chargePlanned } from './autopay/charge.ts';
export { type GiveMandate, giveMandate, mandateWording, stopMandate, stopOwnMandate } from './autopay/mandate.ts';
export { planBills, tendAutopay } from './autopay/plan.ts';
export type { Mandate } from './autopay/queries.ts';
export { type ChargeState, chargeStates, type MandateEnd, mandateEnds } from './autopay/rule.ts';
export { type AutopayRules, changeAutopayRules, readAutopayRules } from './autopay/rules/rules.ts';
export { tendMandate, tendMethod } from './autopay/tend.ts';
export { type AutopayPage, type ListedCharge, listMandates, type MandateView, readAutopay, skipCharge } from './autopay/view/view.ts';
export { askProcessor, openCheckout, type Till } from './checkout/checkout.ts';
export { closeOpenCheckouts, countMoving } from './checkout/closing.ts';
export { closeOvertaken } from './checkout/overtaken.ts';
export { reconcilePayments } from './checkout/reconcile.ts';
export { startPayment } from './checkout/start.ts';
export type { CreditNoteFacts } from './credit-notes/frozen.ts';
export type { CreditNote } from './credit-notes/queries.ts';
export { creditNoteOf, listCreditNotes, readCreditNote } from './credit-notes/read.ts';
export { type CreditPreview, type NewCreditNote, previewCreditNote, writeCreditNote } from './credit-notes/write.ts';
export { fetchFees, recordEntries } from './fees/fees.ts';
export { handleNotice } from './inbound/look.ts';
export { fetchMissed } from './inbound/missed.ts';
export { countStuck, type NoticeEnd, storeNotices, workNotice } from './inbound/notices.ts';
export { askPaymentFile, type PaymentFilter, paymentFileHead, paymentFileRows } from './lists/choice/choice.ts';
export {
  type ListedAnnouncement,
  type ListedPayment,
  type ListedRefund,
  listAnnouncements,
  listPayments,
  type PageOf,
  type PaymentNeed,
  type PortalPayment,
  paymentNeeds,
  portalPayments,
  portalPaymentsOf,
  readPayment,
} from './lists/lists.ts';
export { movePayment } from './moving/move.ts';
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
export {
  askPayoutFile,
  fetchPayouts,
  type ListedPayout,
  listPayoutEntries,
  listPayouts,
  type PayoutEntry,
  payoutFileHead,
  payoutFileRows,
  readPayout,
  recordPayout,
} from './payouts/payouts.ts';
export { recordPayment, spreadPayment } from './record.ts';
export type { RefundRow } from './refunds/queries.ts';
export { type RefundAsked, type RefundEvent, type RefundState, refundEvents, refundStates, refundStep } from './refunds/refund.ts';
export { approveRefund, declineRefund, requestRefund } from './refunds/request.ts';
export { changeRefundRules, readRefundRules } from './refunds/rules.ts';
export { reconcileRefunds, sendRefund, settleRefund } from './refunds/send.ts';
export { reversePayment } from './reverse.ts';
export { chargeAttempt } from './saved/charge.ts';
export {
  beginSaving,
  type ExpiringMethod,
  expiringMethodsOf,
  expiringMethodsQuery,
  listSaved,
  makeDefault,
  offerMethod,
  ownsMethod,
  removeMethod,
  type SavedMethod,
  type StartedSetup,
} from './saved/methods.ts';
export { askSetup, openSetup, type SetupAnswer, settleSetup, tidySaved } from './saved/setup.ts';
export { type OwnOutcome, type Settlement, settleAttempt } from './settle.ts';
export { sharesOf } from './shares.ts';
export { showPaymentHistory } from './show-history.ts';
export { giveTip, type Tip, type TipOffer, tipOffer } from './tips/tips.ts';
export { type Bill, type Bills, billsOf, billsQueryOf, mostBills, type PayFacts, payFactsOf, payFactsQuery, readPayFacts } from './view/pay-facts.ts';
export { type AttemptView, attemptViewOf, attemptViewQuery, readReceipt, receiptFactsQuery, receiptOf } from './view/view.ts';
export { wayMinorOn } from './way-rule.ts';
export { type Ways, waysFor } from './ways.ts';
