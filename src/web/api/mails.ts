import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import { listMails } from '../../domain/mails/mails.ts';
import { mustBeAllowed } from '../../domain/people/rights.ts';
import { sendsFrom } from '../../domain/senders/senders.ts';
import { answerMailBody, drawMail, type StoredMail, storedMail } from '../preview/stored-mail.ts';
import { type Call, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { presentMail, statesOf } from './present-mail.ts';
import type { mailOperations } from './schemas/mails.ts';

type Reading = Pick<Call, 'deps' | 'read'> & Readonly<{ params: Readonly<{ mailId: string }> }>;

export const mailHandlers: HandlersOf<typeof mailOperations> = {
  listMails: async (call) => {
    const { q, invoiceId, customerId, state, cursor, limit = limits.pageSize } = call.query;
    const [before] = readCursor('mails', cursor, 1) ?? [];
    if (before !== undefined && !isUuid(before)) throw new Refusal('cursor_invalid');
    const refs = { documentId: readRef('invoice', invoiceId, 'invoiceId'), customerId: readRef('customer', customerId, 'customerId') };
    const filter = given({ ...refs, before, search: q, states: state === undefined ? undefined : statesOf(state) });
    const rows = await call.read(async (scope) => {
      await mustBeAllowed(scope, 'messages:read');
      return listMails(scope, { ...filter, limit: limit + 1 });
    });
    const items = rows.slice(0, limit);
    return call.answer({ items: items.map(presentMail), nextCursor: rows.length > limit ? writeCursor('mails', [items.at(-1)?.id ?? '']) : null });
  },

  readMail: async (call) => {
    const stored = await mailOf(call);
    const { from, replyTo } = stored.letter;
    const { subject, text } = await drawMail(stored);
    const address = (await call.read(sendsFrom)) ?? call.deps.config.mailFrom;
    return call.answer({
      ...presentMail({ ...stored.mail, subject }),
      from: `${from.name} <${address}>`,
      replyTo: replyTo?.address ?? '',
      text: keptOnScreen(call) ? text : null,
    });
  },

  readMailBody: async (call) => {
    if (!keptOnScreen(call)) throw new Refusal('not_found');
    return answerMailBody(call.c, (await drawMail(await mailOf(call))).html);
  },
};

/** A mail holds links that open things. It is read on screen only where no mail server takes it to its reader. */
function keptOnScreen({ deps }: Pick<Call, 'deps'>): boolean {
  return deps.config.smtpUrl === null;
}

function mailOf({ deps, read, params }: Reading): Promise<StoredMail> {
  return read(async (scope) => {
    await mustBeAllowed(scope, 'messages:read');
    return storedMail(scope, deps, uuidOf('mail', params.mailId));
  });
}
