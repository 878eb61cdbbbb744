import type { Scope } from '../../db/scope.ts';
import type { Draft } from '../invoices/invoice.ts';
import { readDraft, saveDraft } from '../invoices/invoices.ts';
import { invoiceJob } from '../jobs/jobs.ts';
import type { DemoHouse } from './founding.ts';

/** The draft of a bill for a job: what it bills, with the rest of what the bill says. */
export async function draftOfJob(
  scope: Scope,
  house: DemoHouse,
  jobId: string,
  bill: Readonly<{ message?: string; wo?: string; to?: readonly string[] }>,
): Promise<Draft> {
  const draft = await readDraft(scope, await invoiceJob(scope, jobId));
  const recipients = (bill.to ?? []).map((person) => house.people.get(person)?.id);
  const body = { ...draft.body, recipients, workOrderNumber: bill.wo ?? '', ...(bill.message === undefined ? {} : { message: bill.message }) };
  return saveDraft(scope, { documentId: draft.id, version: draft.version, body });
}
