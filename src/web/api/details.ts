import { noAddress } from '../../core/address.ts';
import type { BillingDetails } from '../../core/billing-details.ts';
import { readCursor, writeCursor } from '../../core/cursor.ts';
import { isUuid, publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import {
  acceptDetailsChange,
  changeDetailRules,
  type DetailChange,
  listDetailChanges,
  readDetailRules,
  refuseDetailsChange,
} from '../../domain/messages/details.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import type { detailOperations } from './schemas/details.ts';

type Operations = typeof detailOperations;

export const detailHandlers: HandlersOf<Operations> = {
  listDetailChanges: async (call) => {
    const { state, customerId, cursor, limit = limits.pageSize } = call.query;
    const filter = given({ state, customerId: readRef('customer', customerId, 'customerId'), before: afterOf(cursor) });
    const rows = await call.read((scope) => listDetailChanges(scope, { ...filter, limit: limit + 1 }));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return call.answer({
      items: items.map(present),
      nextCursor: rows.length > limit && last ? writeCursor('detail-changes', [last.askedAt, last.id]) : null,
    });
  },

  acceptDetailChange: (call) =>
    call.act(async (scope) => {
      const changes = given({ ...call.body.changes }) as Partial<BillingDetails>;
      return present(await acceptDetailsChange(scope, uuidOf('detailChange', call.params.changeId), changes));
    }),

  refuseDetailChange: (call) =>
    call.act(async (scope) => present(await refuseDetailsChange(scope, uuidOf('detailChange', call.params.changeId), call.body.words))),

  readDetailRules: async (call) => call.answer(await call.read(readDetailRules)),

  changeDetailRules: (call) => call.act((scope) => changeDetailRules(scope, call.body)),
};

function afterOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = readCursor('detail-changes', cursor, 2) ?? [];
  if (at === undefined || id === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) || !isUuid(id)) throw new Refusal('cursor_invalid');
  return { at, id };
}

function present(row: DetailChange): AnswerOf<Operations['acceptDetailChange']> {
  const { asked, before, state, askedAt, decidedAt, decidedByName: decidedBy, words } = row;
  return {
    id: publicId('detailChange', row.id),
    customer: { id: publicId('customer', row.customerId), name: row.customerName },
    person: row.personId === null ? null : { id: publicId('person', row.personId), name: row.personName },
    ...{ asked: shown(asked), before: shown(before), state, askedAt, decidedAt, decidedBy, words },
  };
}

/** An address has all of its parts. */
function shown({ billingAddress, ...rest }: Partial<BillingDetails>): AnswerOf<Operations['acceptDetailChange']>['asked'] {
  return { ...rest, ...(billingAddress === undefined ? {} : { billingAddress: { ...noAddress, ...billingAddress } }) };
}
