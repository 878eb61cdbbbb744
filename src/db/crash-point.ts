/**
 * Places where a test kills the process as a power cut would: before and after each commit and each call outside of the
 * way money takes, and around each part of an import. Nothing happens at them unless a test armed one.
 */
export const moneyPoints = [
  'payment.attempt-committed',
  'payment.looked',
  'payment.before-expiring-older',
  'payment.older-expired',
  'payment.older-settled',
  'payment.before-checkout',
  'payment.after-checkout',
  'payment.before-storing-checkout',
  'payment.checkout-stored',
  'payment.before-asking',
  'payment.after-asking',
  'payment.before-settling',
  'payment.locked',
  'payment.standings-moved',
  'payment.ledger-posted',
  'payment.before-settle-commit',
  'payment.settled',
  'payment.before-recording',
  'payment.recorded',
  'payment.before-reversing',
  'payment.reversed',
  'notice.verified',
  'notice.before-storing',
  'notice.stored',
  'notice.before-working',
  'notice.worked',
] as const;
/** Of payments that happen by themselves, and of methods that are kept: tried by stories of their own. */
export const autopayPoints = ['autopay.attempt-begun', 'autopay.before-charge', 'autopay.after-charge', 'autopay.charge-settled'] as const;
export const methodPoints = ['method.committed', 'method.asked', 'method.saved'] as const;
export const refundPoints = ['refund.before-books', 'refund.committing', 'refund.claimed', 'refund.answered', 'refund.settled'] as const;
export const importPoints = ['import.part-done', 'import.part-kept', 'import.part-undone'] as const;
export const crashPoints = [...moneyPoints, ...autopayPoints, ...methodPoints, ...refundPoints, ...importPoints] as const;
export type CrashPoint = (typeof crashPoints)[number];

let armed: { point: string; left: number } | null = null;

/** Arms one point: `payment.settled` dies at the first pass, `payment.settled:3` at the third. null disarms. */
export function armCrashPoint(spec: string | null): void {
  const [point = '', passes = '1'] = spec?.split(':') ?? [];
  if (spec !== null && !(crashPoints as readonly string[]).includes(point)) throw new RangeError(`there is no crash point ${point}`);
  armed = spec === null ? null : { point, left: Number(passes) };
}

/** Dies here without a word, if this is the armed point and its pass has come. */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left <= 0) process.kill(process.pid, 'SIGKILL');
}
