import { allBusinessIds } from '../db/businesses.ts';
import { inTransaction, systemActor } from '../db/scope.ts';
import { endOverAnnouncements, type Till } from '../domain/payments/payments.ts';
import type { Tick } from './schedule.ts';

/** Every hour, because each business's day ends at its own: announcements nobody waits for any more end (rule 18). */
export function endAnnouncementsTick({ database }: Pick<Till, 'database'>): Tick {
  return {
    name: 'end-announcements',
    cron: '7 * * * *',
    run: async () => {
      for (const business of await allBusinessIds(database)) {
        const round = (): Promise<number> => inTransaction(database, { role: 'system', business, actor: systemActor }, endOverAnnouncements);
        while ((await round()) > 0);
      }
    },
  };
}
