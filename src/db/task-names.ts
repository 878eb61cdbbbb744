/**
 * Every task and what it carries. The queue stamps the scope's business on the payload, so no payload can name another.
 * A payload holds ids only: a task reads what is true when it runs, not what was true when it was queued.
 */
export interface TaskPayloads {
  /** Sends one queued mail, rendered from the facts of that moment. */
  'send-mail': { mailId: string };
  /** Tells the office by mail that a customer asked. */
  'mail-question': { messageId: string };
  /** Mails a new link to the recorded address of an ended one, or to everyone a document was sent to. */
  'renew-link': { linkId: string | null; documentId: string | null };
  /** What follows a decision on an estimate: who is asked next, what the office and the customer are told, its deposit. */
  'follow-decision': { documentId: string; approvalId: string };
  /** Draws the PDF of an issued document once, if nobody asked for it before. */
  'render-pdf': { documentId: string };
  /** Draws the signed record of an approval and keeps it. */
  'draw-record': { approvalId: string };
  /** Mails the link of an invoice to whoever has a right to it and this address. What was typed is all there is to go by. */
  'find-invoice': { number: string; email: string };
  /** Mails a sign-in or confirmation code to the stored address of whoever asked; does nothing for an address nobody here has. */
  'mail-code': { codeId: string };
  /** Mails an invitation to the team, as it stands when it leaves. */
  'mail-invite': { invitationId: string; round: number };
  /** Tells a colleague of a new device, a changed address or changed ways to pay. `address`: the one they had, where that one is told too. */
  'mail-notice': { staffId: string; notice: string; once: string; address: string | null; facts: Record<string, string> };
  /** Tells a customer's person that they got access to an account, or that it changed or ended. */
  'mail-access': {
    personId: string;
    customerId: string | null;
    what: 'invited' | 'changed' | 'ended' | 'new_device';
    once: string;
    address: string;
    name: string;
    locale: 'en' | 'es' | 'fr';
    facts: {
      by: string;
      account: string;
      may: { canAsk: boolean; canPay: boolean; canManage: boolean; properties: number | null; approvesUpToMinor: number | null } | null;
      device?: { browser: string; system: string };
    };
  };
  /** Makes a change of how customers pay count, once its day has passed and nobody stopped it. */
  'publish-pay-change': { changeId: string };
  /** Lets money go to another account of a processor, once its day has passed and nobody stopped it. */
  'publish-processor': { accountId: string };
  /** Goes through an act on many things. */
  'run-batch': { batchId: string };
  /** Makes a person findable by the details they corrected in the portal. */
  'index-person': { personId: string };
  'take-details': { changeId: string };
  /** Mails one customer what is due of the day's reminders, decided when it runs. */
  'send-reminders': { customerId: string };
  /** Brings what follows from a change of autopay: mails, plans, ends. One of the two is given. */
  'tend-autopay': { mandateId: string | null; methodId: string | null };
  /** Charges one planned payment whose day has come, if it still may be. */
  'charge-autopay': { chargeId: string };
  /** Works through one notice of a processor that was stored when it came. */
  'settle-payment': { gateway: string; eventId: string };
  /** Closes checkouts of a bill that no longer takes what they would pay. */
  'close-checkouts': { documentId: string };
  /** Hands a committed refund to its processor, or asks what became of it. */
  'send-refund': { refundId: string };
  /** Makes a delivery of each new event for each webhook that wants it. */
  'hand-on-events': Record<never, never>;
  /** Sends what is due at one webhook. */
  'deliver-webhooks': { endpointId: string };
  /** Goes on with a file that is being checked, brought in or taken back. */
  'run-import': { importId: string };
  /** Makes a file somebody asked for, and keeps it for a week. */
  'make-export': { exportId: string };
  /** Takes what is left of an erased customer out of every table, as the owner of the tables. */
  'erase-rest': { erasureId: string };
  /** Repeats on an invoice's standing what customers announced for it. */
  'count-announcements': { documentId: string };
  /** Repeats on an invoice's standing what customers question of it. */
  'count-questions': { documentId: string };
}

export type TaskName = keyof TaskPayloads;
/** What a task finds when it runs. */
export type TaskInput<Name extends TaskName> = TaskPayloads[Name] & { businessId: string };
