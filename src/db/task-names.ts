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
  /** Draws the PDF of an issued document once, if nobody asked for it before. */
  'render-pdf': { documentId: string };
  /** Mails the link of an invoice to whoever has a right to it and this address. What was typed is all there is to go by. */
  'find-invoice': { number: string; email: string };
  /** Mails a sign-in or confirmation code to the stored address of whoever asked; does nothing for an address nobody here has. */
  'mail-code': { codeId: string };
  /** Makes a person findable by the details they corrected in the portal. */
  'index-person': { personId: string };
  /** Works through one notice of a processor that was stored when it came. */
  'settle-payment': { gateway: string; eventId: string };
  /** Repeats on an invoice's standing what customers announced for it. */
  'count-announcements': { documentId: string };
}

export type TaskName = keyof TaskPayloads;
/** What a task finds when it runs. */
export type TaskInput<Name extends TaskName> = TaskPayloads[Name] & { businessId: string };
