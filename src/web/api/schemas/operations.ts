import { apiKeyOperations } from './api-keys.ts';
import { approvalOperations } from './approvals.ts';
import { autopayOperations } from './autopay.ts';
import { batchOperations } from './batches.ts';
import { bulkOperations } from './bulk.ts';
import { changeOrderOperations } from './change-orders.ts';
import { chargeOperations } from './charges.ts';
import { creditNoteOperations } from './credit-notes.ts';
import { customerOperations } from './customers.ts';
import { detailOperations } from './details.ts';
import { erasingOperations } from './erasing.ts';
import { estimateSharingOperations } from './estimate-sharing.ts';
import { estimateOperations } from './estimates.ts';
import { eventOperations } from './events.ts';
import { exportOperations } from './exports.ts';
import { fieldOperations } from './field.ts';
import { filterOperations } from './filters.ts';
import { homeOperations } from './home.ts';
import { importOperations } from './imports.ts';
import { invoiceOperations } from './invoices.ts';
import { itemOperations } from './items.ts';
import { jobOperations } from './jobs.ts';
import { linkOperations } from './links.ts';
import { mailOperations } from './mails.ts';
import { messageOperations } from './messages.ts';
import { ownOperations } from './own.ts';
import { paymentOperations } from './payments.ts';
import { payoutOperations } from './payouts.ts';
import { peopleOperations } from './people.ts';
import { processorOperations } from './processors.ts';
import { propertyOperations } from './properties.ts';
import { questionedOperations } from './questioned.ts';
import { refundOperations } from './refunds.ts';
import { reminderOperations } from './reminders.ts';
import { reportOperations } from './reports.ts';
import { scheduledOperations } from './scheduled.ts';
import { searchOperations } from './search.ts';
import { senderOperations } from './senders.ts';
import { sendingOperations } from './sending.ts';
import { sessionOperations } from './session.ts';
import { settingsOperations } from './settings.ts';
import { shelfOperations } from './shelf.ts';
import { signInOperations } from './sign-in.ts';
import { standInOperations } from './stand-ins.ts';
import { statementOperations } from './statements.ts';
import { teamOperations } from './team.ts';
import { visitOperations } from './visits.ts';
import { webhookOperations } from './webhooks.ts';

/** Every operation of /api/v1. The server serves this table, its document describes it, the office's client is typed by it. */
export const apiOperations = {
  ...sessionOperations,
  ...signInOperations,
  ...ownOperations,
  ...teamOperations,
  ...settingsOperations,
  ...itemOperations,
  ...autopayOperations,
  ...chargeOperations,
  ...customerOperations,
  ...detailOperations,
  ...shelfOperations,
  ...statementOperations,
  ...erasingOperations,
  ...propertyOperations,
  ...peopleOperations,
  ...standInOperations,
  ...bulkOperations,
  ...batchOperations,
  ...filterOperations,
  ...invoiceOperations,
  ...sendingOperations,
  ...scheduledOperations,
  ...reminderOperations,
  ...linkOperations,
  ...estimateOperations,
  ...changeOrderOperations,
  ...estimateSharingOperations,
  ...approvalOperations,
  ...jobOperations,
  ...visitOperations,
  ...paymentOperations,
  ...refundOperations,
  ...creditNoteOperations,
  ...messageOperations,
  ...questionedOperations,
  ...mailOperations,
  ...senderOperations,
  ...payoutOperations,
  ...processorOperations,
  ...homeOperations,
  ...eventOperations,
  ...searchOperations,
  ...importOperations,
  ...exportOperations,
  ...reportOperations,
  ...apiKeyOperations,
  ...webhookOperations,
  ...fieldOperations,
};
export type ApiOperations = typeof apiOperations;
export type OperationId = keyof ApiOperations;
