import { useQueryClient } from '@tanstack/react-query';
import { batchesQuery } from '../api/queries.ts';
import type { Batch, BatchBody } from '../api/types.ts';
import { useAct } from './act.ts';

/** Begins an act on many. The tray tells the rest. */
export function useBatch(begun: () => void) {
  const client = useQueryClient();
  const start = useAct('startBatch', {
    done: (batch: Batch) => {
      client.setQueryData(batchesQuery.queryKey, (before) => ({ items: [batch, ...(before?.items ?? [])] }));
      begun();
    },
  });
  return { busy: start.isPending, start: (body: BatchBody) => start.mutate({ body }) };
}
