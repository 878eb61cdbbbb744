import type { z } from '@hono/zod-openapi';
import { publicId } from '../../core/ids.ts';
import type { ListedMail } from '../../domain/mails/mails.ts';
import { idOrNull } from './present.ts';
import type { mailRow, mailState } from './schemas/mails.ts';

export type MailState = z.output<typeof mailState>;

/** A mail being handed over is, for who asks, still waiting to leave. */
export function mailStateOf(stored: string): MailState {
  return stored === 'sending' ? 'queued' : (stored as MailState);
}

export function statesOf(asked: MailState): readonly string[] {
  return asked === 'queued' ? ['queued', 'sending'] : [asked];
}

export function presentMail(row: Omit<ListedMail, 'person_id'>): z.input<typeof mailRow> {
  return {
    id: publicId('mail', row.id),
    kind: row.kind,
    state: mailStateOf(row.state),
    reason: row.reason,
    to: row.to_address,
    toName: row.to_name,
    subject: row.subject,
    customerId: idOrNull('customer', row.customer_id),
    invoiceId: idOrNull('invoice', row.document_id),
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}
