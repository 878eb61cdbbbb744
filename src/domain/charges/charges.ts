import type { EarlyDiscount, LateFee } from '../../core/charges.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { recordEvent } from '../events/events.ts';
import { readEarlyDiscount, readLateFee } from '../invoices/charges/read-rules.ts';
import { Reading } from '../invoices/drafts/reading.ts';
import { mustBeAllowed } from '../people/rights.ts';
import { type AgreedRow, type RulesRow, saveAgreed, saveRules, selectAgreed, selectRules } from './queries.ts';

/** What is charged and granted beside the lines: rules for paying late and early, fees made of them, deposits. */
export { applyDeposit, creditDeposit, type DepositView, listDeposits, readDeposit, refundDeposit, requestDeposit } from './deposits/verbs.ts';
export { chargeLateFees, lateBills, stopLateFees } from './fees/fees.ts';
export type ChargeRules = RulesRow;
/** What one customer has agreed instead: 'off', a rule of their own, or null for what is usual. */
export type Agreed = AgreedRow;

const nothing: RulesRow = { version: 1, lateFee: null, earlyDiscount: null, sendFees: false };

/** What the business usually agrees; nothing until somebody says so. Drafts take it over when they are written. */
export async function readChargeRules(scope: Scope): Promise<ChargeRules> {
  await mustBeAllowed(scope, 'settings:read');
  return (await selectRules(scope)) ?? nothing;
}

/** Changes what is given; invoices keep what they were issued with. Refuses `stale_version`, and bad fields by name. */
export async function changeChargeRules(
  scope: Scope,
  input: Readonly<{ version: number; lateFee?: unknown; earlyDiscount?: unknown; sendFees?: boolean | undefined }>,
): Promise<ChargeRules> {
  await mustBeAllowed(scope, 'settings:write');
  const before = (await selectRules(scope)) ?? nothing;
  const read = readRules(input);
  const after = {
    lateFee: read.lateFee === undefined ? before.lateFee : read.lateFee,
    earlyDiscount: read.earlyDiscount === undefined ? before.earlyDiscount : read.earlyDiscount,
    sendFees: input.sendFees ?? before.sendFees,
  };
  if (!(await saveRules(scope, input.version, after))) throw new Refusal('stale_version', { version: before.version });
  await recordEvent(scope, { kind: 'charges.changed', data: { lateFee: after.lateFee !== null, earlyDiscount: after.earlyDiscount !== null } });
  return { version: input.version + 1, ...after };
}

/** Refuses `not_found`. */
export async function readAgreed(scope: Scope, customerId: string): Promise<Agreed> {
  await mustBeAllowed(scope, 'customers:read');
  const agreed = await selectAgreed(scope, customerId);
  if (!agreed) throw new Refusal('not_found');
  return agreed;
}

/** Changes what was agreed with one customer: a rule, 'off', or null for what is usual. Refuses `not_found`, `stale_version`, bad fields. */
export async function changeAgreed(
  scope: Scope,
  input: Readonly<{ customerId: string; version: number; lateFee?: unknown; earlyDiscount?: unknown }>,
): Promise<Agreed> {
  await mustBeAllowed(scope, 'customers:write');
  const before = await selectAgreed(scope, input.customerId);
  if (!before) throw new Refusal('not_found');
  const off = (value: unknown): boolean => value === 'off';
  const read = readRules({ lateFee: off(input.lateFee) ? null : input.lateFee, earlyDiscount: off(input.earlyDiscount) ? null : input.earlyDiscount });
  const after = {
    lateFee: off(input.lateFee) ? ('off' as const) : read.lateFee === undefined ? before.lateFee : read.lateFee,
    earlyDiscount: off(input.earlyDiscount) ? ('off' as const) : read.earlyDiscount === undefined ? before.earlyDiscount : read.earlyDiscount,
  };
  if (!(await saveAgreed(scope, input.customerId, input.version, after))) throw new Refusal('stale_version', { version: before.version });
  await recordEvent(scope, { kind: 'charges.changed', customerId: input.customerId, data: {} });
  return { version: input.version + 1, ...after };
}

function readRules(input: Readonly<{ lateFee?: unknown; earlyDiscount?: unknown }>): {
  lateFee: LateFee | null | undefined;
  earlyDiscount: EarlyDiscount | null | undefined;
} {
  const reading = new Reading();
  const read = { lateFee: readLateFee(reading, input.lateFee, 'lateFee'), earlyDiscount: readEarlyDiscount(reading, input.earlyDiscount, 'earlyDiscount') };
  reading.end();
  return read;
}
