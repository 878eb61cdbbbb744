import { sqlState } from './scope.ts';

/** Connection failure (08), stopped, crashed or starting (57P01–57P03), out of disk or memory (53), the disk itself (58). */
const states = /^(08|53|57P0[1-3]|58)/;
const broken = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** What the driver and its pool say without a code. */
const driver = /^(Connection terminated|Client (was closed|has encountered a connection error)|timeout exceeded when trying to connect)/;

/**
 * Whether the database could not be reached, went away in the middle, or cannot write. No bug of ours, and no answer either: what was asked
 * may be done or not. It is asked again under the same key.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (driver.test(error.message)) return true;
  if ('syscall' in error && 'code' in error) {
    // A server that is stopped takes its socket with it.
    return broken.has(String(error.code)) || (error.code === 'ENOENT' && error.syscall === 'connect');
  }
  return states.test(sqlState(error) ?? '');
}
