import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Answer, call, type Input, type OperationId } from '../api/client.ts';
import { toastProblem } from './toast.ts';

type Options<K extends OperationId> = {
  /** First words of the query keys to read anew, beside what the live events renew anyway. */
  renew?: readonly string[];
  done?: (answer: Answer<K>, input: Input<K>, client: QueryClient) => unknown;
  /** Takes the problem over; else it is told in a corner. Answer false to have it told after all. */
  failed?: (error: unknown, input: Input<K>) => unknown;
};

/** One operation as a press: runs it, says what went wrong, reads anew what it changed. */
export function useAct<K extends OperationId>(id: K, options: Options<K> = {}) {
  const client = useQueryClient();
  return useMutation<Answer<K>, Error, Input<K>>({
    mutationFn: (input) => call(id, input),
    onSuccess: async (answer, input) => {
      for (const key of options.renew ?? []) void client.invalidateQueries({ queryKey: [key] });
      await options.done?.(answer, input, client);
    },
    onError: (error, input) => {
      if (options.failed === undefined || options.failed(error, input) === false) toastProblem(error);
    },
  });
}
