import { Refusal } from '../../../../core/refusal.ts';
import type { Scope } from '../../../../db/scope.ts';
import { recordEvent } from '../../../events/events.ts';
import { mayRead, mustBeCustomer } from '../../policy.ts';
import { customerExists } from '../../queries.ts';
import { listSaved, type SavedMethod } from '../../saved/methods.ts';
import { selectPayers } from '../../saved/queries.ts';
import { type Mandate, selectCharge, selectMandates, selectOwnPeople, updateChargeState } from '../queries.ts';
import type { ChargeState } from '../rule.ts';
import { selectRules } from '../rules/queries.ts';
import { type PlaceChoice, selectChargeList, selectPlaces } from './queries.ts';

/** A planned or past charge, as people see it. */
export type ListedCharge = Readonly<{
  id: string;
  mandateId: string;
  documentId: string;
  number: string;
  state: ChargeState;
  plannedOn: string;
  nextOn: string;
  amountMinor: bigint;
  currency: string;
  tries: number;
  failure: string;
  paymentId: string | null;
  endedAt: string | null;
}>;

export type MandateView = Mandate & Readonly<{ own: boolean; propertyName: string; charges: readonly ListedCharge[] }>;

/** Everything of the page "Payment methods and autopay". */
export type AutopayPage = Readonly<{
  allowed: boolean;
  gateway: string | null;
  noticeDays: number;
  currency: string;
  timeZone: string;
  /** The business, as the payer knows it. */
  payee: string;
  methods: readonly SavedMethod[];
  mandates: readonly MandateView[];
  places: readonly PlaceChoice[];
  mayPay: boolean;
}>;

export async function readAutopay(scope: Scope): Promise<AutopayPage> {
  mustBeCustomer(scope);
  const rules = await selectRules(scope);
  const people = new Set(await selectOwnPeople(scope));
  const mandates = await viewed(scope, await selectMandates(scope, {}), (mandate) => people.has(mandate.personId));
  return {
    ...{ allowed: rules.allowed && rules.gateway !== null, gateway: rules.gateway },
    ...{ noticeDays: rules.noticeDays, currency: rules.currency, timeZone: rules.timeZone, payee: rules.payee, methods: await listSaved(scope), mandates },
    ...{ places: await selectPlaces(scope), mayPay: (await selectPayers(scope)).length > 0 },
  };
}

async function viewed(scope: Scope, mandates: readonly Mandate[], own: (mandate: Mandate) => boolean): Promise<MandateView[]> {
  const { charges, names } = await selectChargeList(
    scope,
    mandates.map(({ id }) => id),
    mandates.flatMap(({ propertyId }) => (propertyId === null ? [] : [propertyId])),
  );
  return mandates.map((mandate) => ({
    ...mandate,
    own: own(mandate),
    propertyName: names.get(mandate.propertyId ?? '') ?? '',
    charges: charges.filter(({ mandateId }) => mandateId === mandate.id),
  }));
}

/** The office's look at a customer's autopay: who, with what, up to how much, what comes next, what was. Refuses `not_found`. */
export async function listMandates(scope: Scope, customerId: string): Promise<MandateView[]> {
  await mayRead(scope);
  if (!(await customerExists(scope, customerId))) throw new Refusal('not_found');
  return viewed(scope, await selectMandates(scope, { customerId }), () => false);
}

/** Leaves one planned charge out; the bill can still be paid by hand. Only who agreed to autopay can, until it is being charged. Refuses `not_found`. */
export async function skipCharge(scope: Scope, chargeId: string): Promise<void> {
  mustBeCustomer(scope);
  const charge = await updateChargeState(scope, chargeId, 'skipped');
  if (charge === null && (await selectCharge(scope, chargeId))?.state === 'skipped') return;
  if (charge === null) throw new Refusal('not_found');
  const { customerId, documentId, personId, amountMinor, currency, plannedOn } = charge;
  await recordEvent(scope, { kind: 'autopay.skipped', customerId, documentId, shown: false, data: { chargeId, personId, amountMinor, currency, plannedOn } });
}
