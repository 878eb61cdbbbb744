import { Logger } from 'graphile-worker';
import { log } from '../log.ts';

/** The queue's own log, in our form. Payloads may hold addresses, so only its sentences are kept, and only from warnings up. */
export const quietTaskLogger = new Logger(() => (level, message) => {
  if (level === 'error') log.error('task queue', { message: message.split('\n', 1)[0] });
  if (level === 'warning') log.warn('task queue', { message: message.split('\n', 1)[0] });
});
