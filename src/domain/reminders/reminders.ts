export { type InvoiceReminders, longestPlanDays, type Plan, type PlannedMail, planReminders, readInvoiceReminders } from './plan.ts';
export { draftReminder, sampleReminder } from './preview.ts';
export type { PastRow, Reach, Reaches } from './queries.ts';
export type { Reason, Rules, Step, Tone, Wording } from './reminder.ts';
export {
  type CustomerChoice,
  changeRules,
  chooseForCustomer,
  firstRules,
  type RulesChanges,
  readCustomerChoice,
  readReach,
  readRules,
  remindHistory,
  ruleLimits,
} from './rules.ts';
export { beginRound, chooseForInvoice, dropReminder, endReminder, lastLook, remindCustomer, remindNow, skipNext } from './send.ts';
export { isStopped, listStopped, personInStopToken, readStopToken, type StopKind, type StopVia, setStop, stopKinds, stopToken } from './stops.ts';
