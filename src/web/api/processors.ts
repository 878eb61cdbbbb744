import { publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { closeOpenCheckouts } from '../../domain/payments/payments.ts';
import { mustBeAllowed } from '../../domain/people/rights.ts';
import { catchUp, compareBooks, readComparison } from '../../domain/processors/comparing/compare.ts';
import {
  cancelProcessor,
  changeOffered,
  confirmProcessor,
  connectProcessor,
  disconnectProcessor,
  dropOldSecret,
  type Processor,
  readProcessor,
  setSigningSecret,
  usable,
} from '../../domain/processors/processors.ts';
import type { AnswerOf, HandlersOf } from './call.ts';
import { plain } from './present.ts';
import type { processorOperations } from './schemas/processors.ts';

type Operations = typeof processorOperations;
type Shown = AnswerOf<Operations['readProcessor']>;
type Calling = Readonly<{ deps: { config: { appUrl: string; demo: boolean } }; grant: { staff?: string } }>;

/** What is to be chosen at Stripe's endpoint. */
const noticed = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'payment_intent.succeeded',
  'payment_intent.processing',
  'payment_intent.payment_failed',
  'charge.succeeded',
  'charge.pending',
  'charge.failed',
  'charge.updated',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'payout.paid',
  'payout.failed',
];

export const processorHandlers: HandlersOf<Operations> = {
  readProcessor: async (call) => call.answer(await call.read(async (scope) => present(scope, await readProcessor(scope), call))),

  changeProcessor: (call) =>
    call.act(async (scope) => {
      const { cardFloorMinor, bankFloorMinor, gateway, card, bank } = call.body;
      const changes = {
        ...(gateway === undefined ? {} : { gateway }),
        ...(card === undefined ? {} : { card }),
        ...(bank === undefined ? {} : { bank }),
        ...(cardFloorMinor === undefined ? {} : { cardFloorMinor: BigInt(cardFloorMinor) }),
        ...(bankFloorMinor === undefined ? {} : { bankFloorMinor: BigInt(bankFloorMinor) }),
      };
      return present(scope, await changeOffered(scope, changes, { sandbox: call.deps.config.demo }), call);
    }),

  connectProcessor: async (call) => {
    const { cards, keys } = call.deps;
    const key = call.body.key.trim();
    await call.read((scope) => mustBeAllowed(scope, 'settings:write'));
    const check = await cards['stripe']?.checkKey?.(key);
    if (check === undefined) throw new Refusal('method_unavailable');
    const found = usable(check);
    return call.act(async (scope) => present(scope, await connectProcessor(scope, keys, { key, found }), call));
  },

  setSigningSecret: (call) => call.act(async (scope) => present(scope, await setSigningSecret(scope, call.deps.keys, call.body), call)),
  dropOldSecret: (call) => call.act(async (scope) => present(scope, await dropOldSecret(scope), call)),
  confirmProcessor: (call) => call.act(async (scope) => present(scope, await confirmProcessor(scope), call)),
  cancelProcessor: (call) => call.act(async (scope) => present(scope, await cancelProcessor(scope), call)),

  disconnectProcessor: async (call) => {
    await call.read((scope) => mustBeAllowed(scope, 'settings:write'));
    await closeOpenCheckouts(call.deps, call.grant.business ?? '', 'stripe');
    return call.act(async (scope) => present(scope, await disconnectProcessor(scope), call));
  },

  readComparison: async (call) => call.answer(await call.read(comparisonOf)),

  compareNow: async (call) => {
    await call.read((scope) => mustBeAllowed(scope, 'payments:write'));
    const business = call.grant.business ?? '';
    await catchUp(call.deps, business);
    await compareBooks(call.deps, business, 90);
    return call.act(comparisonOf);
  },
};

async function comparisonOf(scope: Scope): Promise<AnswerOf<Operations['readComparison']>> {
  const { connected, check, differences } = await readComparison(scope);
  return {
    ...{ connected: connected !== null, accountId: connected?.accountId ?? null, live: connected?.live ?? false },
    ...{
      comparedAt: check?.comparedAt ?? null,
      since: check?.since ?? null,
      reached: check?.reached ?? true,
      ours: check?.ours ?? 0,
      theirs: check?.theirs ?? 0,
    },
    differences: differences.map(({ paymentId, customerId, customerName, amountMinor, ...rest }) => ({
      ...rest,
      paymentId: paymentId === null ? null : publicId('payment', paymentId),
      customer: customerId === null ? null : { id: publicId('customer', customerId), name: customerName },
      amountMinor: plain(amountMinor),
    })),
  };
}

function present(scope: Scope, of: Processor, { deps, grant }: Calling): Shown {
  const { connected, waiting } = of;
  return {
    gateway: of.gateway === 'stripe' || of.gateway === 'sandbox' ? of.gateway : null,
    sandboxAvailable: of.demo || deps.config.demo,
    ...{ card: of.card, bank: of.bank, cardFloorMinor: plain(of.cardFloorMinor), bankFloorMinor: plain(of.bankFloorMinor) },
    connected: connected && {
      ...{ accountId: connected.accountId, accountName: connected.accountName, live: connected.live, keyHint: connected.keyHint },
      ...{ secretHint: connected.secretHint, secretAt: connected.secretAt, oldSecretUntil: connected.oldSecretUntil },
      ...{ connectedBy: connected.askedByName, connectedAt: connected.connectedAt ?? scope.now.toString() },
    },
    waiting: waiting && {
      ...{ accountId: waiting.accountId, accountName: waiting.accountName, live: waiting.live, keyHint: waiting.keyHint },
      ...{ askedBy: waiting.askedByName, askedAt: waiting.askedAt, yours: waiting.askedBy === grant.staff, needs: waiting.needs, liveAt: waiting.liveAt },
    },
    movingPayments: of.movingPayments,
    endpointUrl: `${deps.config.appUrl}/inbound/stripe/${publicId('business', scope.business)}`,
    events: noticed,
  };
}
