import { publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import { readDesk } from '../../domain/desk/desk.ts';
import { listRecipients } from '../../domain/desk/recipients.ts';
import { sendInvoice, sendTest } from '../../domain/links/links.ts';
import { type ListedMail, listMails } from '../../domain/mails/mails.ts';
import { listStaff } from '../../domain/people/staff.ts';
import { sendsFrom } from '../../domain/senders/senders.ts';
import { answerMailPreview } from '../preview/answer.ts';
import { type DraftedMail, draftedMail } from '../preview/drafted-mail.ts';
import { drawMail } from '../preview/stored-mail.ts';
import { type AnswerOf, type Call, type HandlersOf, uuidOf } from './call.ts';
import { invoiceShown } from './invoice-shown.ts';
import { readRef } from './present.ts';
import { mailStateOf } from './present-mail.ts';
import type { sendingOperations } from './schemas/sending.ts';

type Operations = typeof sendingOperations;
type At = Readonly<{ params: Readonly<{ invoiceId: string }> }>;
const idOf = ({ params }: At): string => uuidOf('invoice', params.invoiceId);

export const sendingHandlers: HandlersOf<Operations> = {
  listRecipients: async (call) => {
    const people = await call.read((scope) => listRecipients(scope, idOf(call)));
    return call.answer({ items: people.map((person) => ({ ...person, personId: publicId('person', person.personId) })) });
  },

  previewMail: async (call) => {
    const drafted = await mailDrafted(call);
    const { subject, text } = await drawMail(drafted);
    const { from, replyTo } = drafted.letter;
    const address = (await call.read(sendsFrom)) ?? call.deps.config.mailFrom;
    const sender = { from: `${from.name} <${address}>`, replyTo: replyTo?.address ?? '' };
    return call.answer({ ...sender, to: drafted.to, subject, text, language: drafted.letter.locale });
  },

  previewMailBody: async (call) => answerMailPreview(call.c, (await drawMail(await mailDrafted(call))).html, new URL(call.deps.config.appUrl).origin),

  sendInvoice: (call) =>
    call.act(async (scope) => {
      const personIds = call.body.personIds.map((id, at) => readRef('person', id, `personIds[${at}]`));
      const { mails } = await sendInvoice(scope, call.deps.keys, { documentId: idOf(call), personIds, note: call.body.note });
      const queued = await listMails(scope, { documentId: idOf(call), limit: 100 });
      return { invoice: await invoiceShown(scope, idOf(call)), mails: mails.flatMap(({ personId, mailId }) => presentSent(personId, mailId, queued)) };
    }),

  sendTest: (call) =>
    call.act(async (scope) => {
      const me = (await listStaff(scope)).find(({ id }) => id === call.grant.staff);
      if (me === undefined) throw new Refusal('not_allowed');
      await sendTest(scope, { documentId: idOf(call), to: { address: me.email, name: me.name }, note: call.body.note });
      return { to: me.email };
    }),
};

type Previewing = Pick<Call, 'deps' | 'read'> & At & Readonly<{ query: Readonly<{ personId?: string | undefined; note?: string | undefined }> }>;

async function mailDrafted(call: Previewing): Promise<DraftedMail> {
  const { personId, note = '' } = call.query;
  return call.read(async (scope) => {
    await readDesk(scope, idOf(call));
    return draftedMail(scope, call.deps, { documentId: idOf(call), personId: readRef('person', personId, 'personId') ?? null, note });
  });
}

type Sent = AnswerOf<Operations['sendInvoice']>['mails'];

/** The mail made now, or the one that still waits to leave when nothing new was queued. */
export function presentSent(personId: string, mailId: string | null, queued: readonly ListedMail[]): Sent {
  const mail = queued.find((each) => (mailId === null ? each.person_id === personId : each.id === mailId));
  if (mail === undefined) return [];
  const { to_name: name, to_address: to } = mail;
  return [{ mailId: publicId('mail', mail.id), personId: publicId('person', personId), name, to, state: mailStateOf(mail.state) }];
}
