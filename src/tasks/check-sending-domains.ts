import type { TextRecords } from '../core/gateways.ts';
import { allBusinessIds } from '../db/businesses.ts';
import type { Database } from '../db/pool.ts';
import { checkSendingDomain } from '../domain/senders/senders.ts';
import type { Tick } from './schedule.ts';

/** Every four hours: a domain whose records came is used, one whose records went is not, before receivers begin to refuse its mail. */
export function checkSendingDomainsTick({ database, dns }: Readonly<{ database: Database; dns: TextRecords }>): Tick {
  return {
    name: 'check-sending-domains',
    cron: '23 */4 * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) await checkSendingDomain(database, dns, business);
    },
  };
}
