import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';

/** Papers of a customer and those for all. */
export const shelfQuery = (customerId: string) =>
  queryOptions({ queryKey: ['shelf', customerId], queryFn: ({ signal }) => call('listShelf', { query: { customerId }, signal }) });
