import { publicId } from '../../core/ids.ts';
import { type Home, type NeedItem, readHome } from '../../domain/desk/home.ts';
import type { AnswerOf, HandlersOf } from './call.ts';
import { idOrNull, plain, plainOrNull } from './present.ts';
import type { homeOperations } from './schemas/home.ts';

type Shown = AnswerOf<(typeof homeOperations)['readHome']>;

export const homeHandlers: HandlersOf<typeof homeOperations> = {
  readHome: async (call) => call.answer(presentHome(await call.read(readHome))),
};

function presentHome({ open, paidThisMonth, ...home }: Home): Shown {
  const figure = (amountMinor: bigint, invoices: number): Shown['owed'] => ({ amountMinor: plain(amountMinor), invoices });
  return {
    currency: home.currency,
    today: home.today,
    needsYou: home.needsYou.map(presentNeed),
    needsYouCount: home.needsYouCount,
    notices: home.notices.map(({ id, ...notice }) => ({ ...notice, id: publicId(notice.kind === 'key_ending' ? 'apiKey' : 'webhook', id) })),
    owed: figure(open.owedMinor, open.owed),
    overdue: figure(open.overdueMinor, open.overdue),
    onItsWay: figure(open.onItsWayMinor, open.onItsWay),
    comingIn30Days: figure(open.comingMinor, open.coming),
    paidThisMonth: { amountMinor: plain(paidThisMonth.amountMinor), payments: paidThisMonth.payments, lastMonthMinor: plain(paidThisMonth.lastMonthMinor) },
    ageing: home.ageing.map(({ bucket, amountMinor, invoices }) => ({ bucket, ...figure(amountMinor, invoices) })),
    coming: home.coming.map(({ from, to, amountMinor }) => ({ from, to, amountMinor: plain(amountMinor) })),
    paidByMonth: home.paidByMonth.map(({ month, amountMinor }) => ({ month, amountMinor: plain(amountMinor) })),
  };
}

function presentNeed(of: NeedItem): Shown['needsYou'][number] {
  const { kind, at, announcementId, detail } = of;
  return {
    ...{ kind, at, announcementId, detail },
    customer: { id: publicId('customer', of.customerId), name: of.customerName },
    invoice: of.documentId === null ? null : { id: publicId('invoice', of.documentId), number: of.number },
    threadId: idOrNull('thread', of.threadId),
    paymentId: idOrNull('payment', of.paymentId),
    amountMinor: plainOrNull(of.amountMinor),
  };
}
