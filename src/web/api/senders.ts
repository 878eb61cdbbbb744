import { publicId } from '../../core/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { listRefusing, type RefusingRow, trustAddress } from '../../domain/mails/returned/returned.ts';
import { mustBeAllowed } from '../../domain/people/rights.ts';
import { checkSendingDomain, readSendingDomain, removeSendingDomain, setSendingDomain } from '../../domain/senders/senders.ts';
import type { Deps } from '../context.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import type { senderOperations } from './schemas/senders.ts';

type Operations = typeof senderOperations;
type Sender = AnswerOf<Operations['readSender']>;

export const senderHandlers: HandlersOf<Operations> = {
  readSender: async (call) => call.answer(await call.read((scope) => senderOf(scope, call.deps))),

  setSendingDomain: async (call) => {
    const pair = await call.deps.dkimPair();
    return call.act(async (scope) => {
      await setSendingDomain(scope, call.deps.keys, { address: call.body.address, pair });
      return senderOf(scope, call.deps);
    });
  },

  removeSendingDomain: (call) =>
    call.act(async (scope) => {
      await removeSendingDomain(scope);
      return null;
    }),

  checkSendingDomain: async (call) => {
    await call.read((scope) => mustBeAllowed(scope, 'settings:write'));
    await checkSendingDomain(call.deps.database, call.deps.dns, call.grant.business ?? '');
    return call.act((scope) => senderOf(scope, call.deps));
  },

  listRefusingAddresses: async (call) => call.answer({ items: (await call.read(listRefusing)).map(presentRefusing) }),

  trustAddress: (call) =>
    call.act(async (scope) => {
      await trustAddress(scope, uuidOf('person', call.params.personId));
      return null;
    }),
};

async function senderOf(scope: Scope, { config }: Pick<Deps, 'config'>): Promise<Sender> {
  const domain = await readSendingDomain(scope);
  return {
    hostAddress: config.mailFrom,
    leaves: config.smtpUrl !== null,
    domain: domain && { ...domain, records: domain.records.map((record) => ({ ...record })) },
  };
}

function presentRefusing(row: RefusingRow): AnswerOf<Operations['listRefusingAddresses']>['items'][number] {
  const { name, email, reason, at, customerId } = row;
  return {
    personId: publicId('person', row.personId),
    ...{ name, email, reason, at },
    why: row.what === 'complained' ? 'complained' : 'bounced',
    customer: customerId === null ? null : { id: publicId('customer', customerId), name: row.customerName ?? '' },
  };
}
