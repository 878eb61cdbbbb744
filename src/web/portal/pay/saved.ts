import type { PayMethod } from '../../../core/gateways.ts';
import { readId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/refusal.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import {
  chargeAttempt,
  listSaved,
  type PayFacts,
  readPayFacts,
  type SavedMethod,
  type StartedPayment,
  startPayment,
} from '../../../domain/payments/payments.ts';
import { paperTitle } from '../../../outgoing/charge-words.ts';
import type { Deps, WebContext } from '../../context.ts';
import { type Reader, readerOf } from '../../ui/reader.ts';
import type { Given } from '../given.ts';
import { lookAt } from '../look.ts';
import { actInSession, documentIn, type Visitor } from '../visit.ts';
import { wantedFrom } from './amount.ts';
import { tipIn } from './tip.tsx';
import { waySeen, withWay } from './way-fee.tsx';

const most = 3;

/**
 * The kept methods of whoever is signed in, even where the page itself was opened by a link; nobody's for a link alone, nor where the bill is
 * not theirs to see.
 */
export async function ownMethods(c: WebContext, deps: Deps): Promise<{ method: SavedMethod; act: string }[]> {
  const documentId = documentIn(c);
  const own = await actInSession(c, deps, documentId, async (scope) => ((await seesBill(scope, documentId)) ? listSaved(scope) : []));
  return (own?.result ?? []).slice(0, most).map((method) => ({ method, act: newId() }));
}

async function seesBill(scope: Scope, documentId: string): Promise<boolean> {
  try {
    await readPayFacts(scope, documentId);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return false;
    throw error;
  }
}

/** A payment of one bill on its way to the processor, and what its page calls it. */
export type Begun = StartedPayment & Pick<PayFacts, 'number' | 'purpose' | 'currency' | 'homeCurrency'> & Readonly<{ tipMinor: bigint; wayMinor: bigint }>;

/** What it is for; a tip, fee or saving in it is named. */
export function describe(reader: Reader, of: Begun): string {
  const title = paperTitle(reader.w, of);
  const own = readerOf(reader.locale, of.currency, of.homeCurrency);
  return withWay(own, of.tipMinor > 0n ? reader.w.tips.withIt(title, own.money(of.tipMinor)) : title, of.wayMinor);
}

/** The way a form pays by. */
export const methodIn = (given: Given): PayMethod => (given.text('method') === 'bank' ? 'bank' : 'card');

/** Writes the attempt down, as the signed-in person. */
export async function startSaved(c: WebContext, deps: Deps, given: Given, amountMinor: bigint): Promise<{ visitor: Visitor; result: Begun }> {
  const savedMethodId = readId('method', given.text('saved'));
  if (savedMethodId === null || given.act === '') throw new Refusal('invalid_input');
  const documentId = documentIn(c);
  const begun = await actInSession(c, deps, documentId, async (scope, visitor) => {
    const facts = await readPayFacts(scope, documentId);
    const wanted = wantedFrom(facts, documentId, { amountMinor, parts: given.all('part') });
    const target = wanted.chosen === null ? { documentId, amountMinor } : { documentId, amountMinor, parts: wanted.shares };
    const { customerId, currency, homeCurrency, number, purpose } = facts;
    const tipMinor = tipIn(given);
    const wayMinor = waySeen(given, methodIn(given));
    const asked = {
      id: given.act,
      customerId,
      method: 'card',
      currency,
      targets: [target],
      tipMinor,
      wayMinor,
      personId: visitor.person,
      savedMethodId,
    } as const;
    return { ...(await startPayment(scope, asked)), number, purpose, currency, homeCurrency, tipMinor, wayMinor };
  });
  if (begun === null) throw new Refusal('not_found');
  return begun;
}

/** Charges it. Null: it went through, is on its way or is being checked; else why nothing was charged. */
export async function chargeSaved(c: WebContext, deps: Deps, begun: Begun): Promise<string | null> {
  const { reader } = await lookAt(c, deps);
  const answer = await chargeAttempt(deps, begun, describe(reader, begun));
  if (answer.kind === 'blocked') throw new Refusal(answer.code);
  return answer.kind === 'ended' ? (answer.failure ?? 'declined') : null;
}
