import { publicId } from '../../core/ids.ts';
import { findInOffice } from '../../domain/desk/finding.ts';
import type { HandlersOf } from './call.ts';
import { idOrNull, plainOrNull } from './present.ts';
import type { searchOperations } from './schemas/search.ts';

const shownAtOnce = 12;

export const searchHandlers: HandlersOf<typeof searchOperations> = {
  search: async (call) => {
    const { q, limit = shownAtOnce } = call.query;
    const found = await call.read((scope) => findInOffice(scope, q, limit));
    return call.answer({
      items: found.map(({ kind, id, title, detail, customerId, totalMinor, currency, status }) => ({
        ...{ kind, title, detail, currency, status },
        id: publicId(kind, id),
        customerId: idOrNull('customer', customerId),
        amountMinor: plainOrNull(totalMinor),
      })),
    });
  },
};
