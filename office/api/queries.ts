import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type Input } from './client.ts';
import type { Operations } from './types.ts';

/** What the office reads, each under a key whose first word is the noun that live events renew. */

export type Query<K extends keyof Operations> = Operations[K]['query'] extends infer Q ? Omit<NonNullable<Q>, 'cursor' | 'limit'> : never;
type Paged = { nextCursor: string | null };

export const nextOf = (page: Paged): string | null => page.nextCursor;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('readSession', { signal }),
  staleTime: 5 * 60_000,
});
export const homeQuery = queryOptions({ queryKey: ['home'], queryFn: ({ signal }) => call('readHome', { signal }) });
export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => call('readSettings', { signal }) });
export const storageQuery = queryOptions({ queryKey: ['storage'], queryFn: ({ signal }) => call('readStorage', { signal }), staleTime: 60_000 });
export const senderQuery = queryOptions({ queryKey: ['sender'], queryFn: ({ signal }) => call('readSender', { signal }) });
export const processorQuery = queryOptions({ queryKey: ['processor'], queryFn: ({ signal }) => call('readProcessor', { signal }) });
export const comparisonQuery = queryOptions({ queryKey: ['processor', 'comparison'], queryFn: ({ signal }) => call('readComparison', { signal }) });
export const refusingQuery = queryOptions({ queryKey: ['refusing'], queryFn: ({ signal }) => call('listRefusingAddresses', { signal }) });
export const staffQuery = queryOptions({ queryKey: ['staff'], queryFn: ({ signal }) => call('listStaff', { signal }) });
export const invitationsQuery = queryOptions({ queryKey: ['staff', 'invitations'], queryFn: ({ signal }) => call('listInvitations', { signal }) });
export const teamRulesQuery = queryOptions({ queryKey: ['team-rules'], queryFn: ({ signal }) => call('readTeamRules', { signal }) });
export const rightsQuery = queryOptions({ queryKey: ['rights'], queryFn: ({ signal }) => call('listRights', { signal }), staleTime: Number.POSITIVE_INFINITY });
export const factorsQuery = queryOptions({ queryKey: ['factors'], queryFn: ({ signal }) => call('readFactors', { signal }) });
export const devicesQuery = queryOptions({ queryKey: ['devices'], queryFn: ({ signal }) => call('listDevices', { signal }) });
export const payDetailsQuery = queryOptions({ queryKey: ['settings', 'how-to-pay'], queryFn: ({ signal }) => call('readPayDetails', { signal }) });
export const assignmentsQuery = (of: { staffId?: string; customerId?: string }) =>
  queryOptions({ queryKey: ['assignments', of], queryFn: ({ signal }) => call('listAssignments', { query: of, signal }) });
export const fieldTodayQuery = queryOptions({ queryKey: ['field', 'today'], queryFn: ({ signal }) => call('fieldToday', { signal }) });
export const fieldItemsQuery = queryOptions({ queryKey: ['field', 'items'], queryFn: ({ signal }) => call('fieldItems', { query: {}, signal }) });
export const fieldWorkQuery = queryOptions({ queryKey: ['field', 'work'], queryFn: ({ signal }) => call('fieldWork', { signal }) });
export const fieldInvoiceQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['field', 'one', invoiceId], queryFn: ({ signal }) => call('fieldInvoice', { params: { invoiceId }, signal }) });
export const apiKeysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: ({ signal }) => call('listApiKeys', { signal }) });
export const webhooksQuery = queryOptions({ queryKey: ['webhooks', 'list'], queryFn: ({ signal }) => call('listWebhooks', { signal }) });
export const eventKindsQuery = queryOptions({
  queryKey: ['event-kinds'],
  queryFn: ({ signal }) => call('listEventKinds', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
export const deliveriesQuery = (webhookId: string, state: 'waiting' | 'delivered' | 'failed' | null) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', webhookId, state],
    queryFn: ({ signal, pageParam }) =>
      call('listWebhookDeliveries', { params: { webhookId }, query: withCursor(state === null ? {} : { state }, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    refetchInterval: ({ state: of }) => (of.data?.pages.some(({ items }) => items.some((one) => one.state === 'waiting')) ? 3_000 : false),
  });
export const deliveryQuery = (webhookId: string, deliveryId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'delivery', webhookId, deliveryId],
    queryFn: ({ signal }) => call('readWebhookDelivery', { params: { webhookId, deliveryId }, signal }),
  });
export const taxRatesQuery = queryOptions({ queryKey: ['tax-rates'], queryFn: ({ signal }) => call('listTaxRates', { signal }), staleTime: 60_000 });

export const exportsQuery = infiniteQueryOptions({
  queryKey: ['exports', 'list'],
  queryFn: ({ signal, pageParam }) => call('listExports', { query: withCursor({}, pageParam), signal }),
  initialPageParam: null as string | null,
  getNextPageParam: nextOf,
  refetchInterval: ({ state: of }) =>
    of.data?.pages.some(({ items }) => items.some((one) => one.state === 'waiting' || one.state === 'running')) ? 1_500 : false,
});
export const journalQuery = queryOptions({ queryKey: ['exports', 'journal'], queryFn: ({ signal }) => call('readJournalSettings', { signal }) });
export const reminderRulesQuery = queryOptions({ queryKey: ['reminders', 'rules'], queryFn: ({ signal }) => call('readReminderRules', { signal }) });
export const reminderReachQuery = queryOptions({ queryKey: ['reminders', 'reach'], queryFn: ({ signal }) => call('readReminderReach', { signal }) });
/** `version`: of the rules it is planned by. */
export const reminderPlanQuery = (version: number) =>
  queryOptions({ queryKey: ['reminders', 'plan', version], queryFn: ({ signal }) => call('planReminders', { query: { days: 14 }, signal }) });
export const customerRemindersQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['reminders', 'customer', customerId],
    queryFn: ({ signal }) => call('readCustomerReminders', { params: { customerId }, signal }),
  });
export const invoiceRemindersQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['reminders', 'invoice', invoiceId], queryFn: ({ signal }) => call('readInvoiceReminders', { params: { invoiceId }, signal }) });
export const scheduledQuery = queryOptions({ queryKey: ['invoices', 'scheduled'], queryFn: ({ signal }) => call('listScheduled', { signal }) });
export const scheduleQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['invoices', 'schedule', invoiceId], queryFn: ({ signal }) => call('readSchedule', { params: { invoiceId }, signal }) });

export const autopayRulesQuery = queryOptions({ queryKey: ['autopay', 'rules'], queryFn: ({ signal }) => call('readAutopayRules', { signal }) });
export const autopayQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'autopay', customerId], queryFn: ({ signal }) => call('listAutopay', { params: { customerId }, signal }) });
export const chargeRulesQuery = queryOptions({ queryKey: ['charges', 'usual'], queryFn: ({ signal }) => call('readChargeRules', { signal }) });
export const customerChargesQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'charges', customerId], queryFn: ({ signal }) => call('readCustomerCharges', { params: { customerId }, signal }) });
export const depositsQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'deposits', customerId], queryFn: ({ signal }) => call('listDeposits', { params: { customerId }, signal }) });
export const depositQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['customers', 'deposit', invoiceId], queryFn: ({ signal }) => call('readDeposit', { params: { invoiceId }, signal }) });

export const itemsQuery = (q: string, archived = false) =>
  queryOptions({
    queryKey: ['items', 'find', q, archived],
    queryFn: ({ signal }) => call('listItems', { query: { q, limit: 50, ...(archived ? { archived } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });

export const customersQuery = (filter: Query<'listCustomers'>) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listCustomers', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const customerPickQuery = (q: string) =>
  queryOptions({
    queryKey: ['customers', 'pick', q],
    queryFn: ({ signal }) => call('listCustomers', { query: { q, limit: 8 }, signal }),
    placeholderData: keepPreviousData,
  });
export const customerQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'one', customerId], queryFn: ({ signal }) => call('readCustomer', { params: { customerId }, signal }) });
export const erasureQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', 'erasure', customerId],
    queryFn: ({ signal }) => call('readErasure', { params: { customerId }, signal }),
    refetchInterval: ({ state: of }) => (of.data?.state === 'finishing' ? 3_000 : false),
  });
export const closingQuery = queryOptions({
  queryKey: ['settings', 'closing'],
  queryFn: ({ signal }) => call('readClosing', { signal }),
  staleTime: 5 * 60_000,
});
export const statementQuery = (customerId: string, query: Query<'readStatement'>) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'statement', customerId, query],
    queryFn: ({ pageParam, signal }) => call('readStatement', { params: { customerId }, query: withCursor(query, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const propertiesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', 'properties', customerId],
    queryFn: ({ signal }) => call('listProperties', { params: { customerId }, query: { limit: 100 }, signal }),
  });
export const propertyQuery = (propertyId: string) =>
  queryOptions({ queryKey: ['customers', 'property', propertyId], queryFn: ({ signal }) => call('readProperty', { params: { propertyId }, signal }) });
export const standInsQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'stand-ins', customerId], queryFn: ({ signal }) => call('listStandIns', { params: { customerId }, signal }) });
export const peopleQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'people', customerId], queryFn: ({ signal }) => call('listPeople', { params: { customerId }, signal }) });
export const customerTimelineQuery = (customerId: string, filter: Query<'customerTimeline'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['events', 'customer', customerId, filter],
    queryFn: ({ signal, pageParam }) => call('customerTimeline', { params: { customerId }, query: withCursor(filter, pageParam), signal }),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });

export const invoicesQuery = (filter: Query<'listInvoices'>) =>
  infiniteQueryOptions({
    queryKey: ['invoices', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listInvoices', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const invoiceTotalsQuery = (filter: Query<'totalInvoices'>) =>
  queryOptions({
    queryKey: ['invoices', 'totals', filter],
    queryFn: ({ signal }) => call('totalInvoices', { query: filter, signal }),
    placeholderData: keepPreviousData,
  });
export const invoiceQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['invoices', 'one', invoiceId], queryFn: ({ signal }) => call('readInvoice', { params: { invoiceId }, signal }) });
export const invoiceTimelineQuery = (invoiceId: string) =>
  infiniteQueryOptions({
    queryKey: ['events', 'invoice', invoiceId],
    queryFn: ({ signal, pageParam }) => call('invoiceTimeline', { params: { invoiceId }, query: withCursor({}, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
export const linksQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['links', invoiceId], queryFn: ({ signal }) => call('listLinks', { params: { invoiceId }, signal }) });
export const recipientsQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['people', 'recipients', invoiceId], queryFn: ({ signal }) => call('listRecipients', { params: { invoiceId }, signal }) });
export const mailPreviewQuery = (input: Input<'previewMail'>) =>
  queryOptions({
    queryKey: ['mail-preview', input.params, input.query],
    queryFn: ({ signal }) => call('previewMail', { ...input, signal }),
    placeholderData: keepPreviousData,
  });

export const paymentsQuery = (filter: Query<'listPayments'>) =>
  infiniteQueryOptions({
    queryKey: ['payments', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listPayments', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const paymentQuery = (paymentId: string) =>
  queryOptions({ queryKey: ['payments', 'one', paymentId], queryFn: ({ signal }) => call('readPayment', { params: { paymentId }, signal }) });
export const payoutsQuery = infiniteQueryOptions({
  queryKey: ['payments', 'payouts'],
  queryFn: ({ signal, pageParam }) => call('listPayouts', { query: withCursor({}, pageParam), signal }),
  initialPageParam: null as string | null,
  getNextPageParam: nextOf,
});
export const payoutQuery = (payoutId: string) =>
  queryOptions({ queryKey: ['payments', 'payout', payoutId], queryFn: ({ signal }) => call('readPayout', { params: { payoutId }, signal }) });
export const payoutEntriesQuery = (payoutId: string) =>
  infiniteQueryOptions({
    queryKey: ['payments', 'payout entries', payoutId],
    queryFn: ({ signal, pageParam }) => call('listPayoutEntries', { params: { payoutId }, query: withCursor({}, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
export const creditNotesQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['credit-notes', invoiceId], queryFn: ({ signal }) => call('listCreditNotes', { params: { invoiceId }, signal }) });
export const refundRulesQuery = queryOptions({ queryKey: ['settings', 'refunds'], queryFn: ({ signal }) => call('readRefundRules', { signal }) });
export const announcementsQuery = queryOptions({
  queryKey: ['payments', 'announced'],
  queryFn: ({ signal }) => call('listAnnouncements', { query: { limit: 100 }, signal }),
});
export const spreadQuery = (body: Operations['spreadPayment']['body']) =>
  queryOptions({ queryKey: ['payments', 'spread', body], queryFn: ({ signal }) => call('spreadPayment', { body, signal }), placeholderData: keepPreviousData });

export const threadsQuery = (filter: Query<'listThreads'>) =>
  infiniteQueryOptions({
    queryKey: ['threads', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listThreads', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const threadQuery = (threadId: string) =>
  queryOptions({ queryKey: ['threads', 'one', threadId], queryFn: ({ signal }) => call('readThread', { params: { threadId }, signal }) });

export const chargesAskedQuery = (filter: Query<'listQuestionedCharges'>) =>
  queryOptions({ queryKey: ['charges-asked', filter], queryFn: ({ signal }) => call('listQuestionedCharges', { query: filter, signal }) });
export const chargesAskedOn = (invoiceId: string) => chargesAskedQuery({ invoiceId });

export const mailsQuery = (filter: Query<'listMails'>) =>
  infiniteQueryOptions({
    queryKey: ['mails', 'list', filter],
    queryFn: ({ signal, pageParam }) => call('listMails', { query: withCursor(filter, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const mailQuery = (mailId: string) =>
  queryOptions({ queryKey: ['mails', 'one', mailId], queryFn: ({ signal }) => call('readMail', { params: { mailId }, signal }) });

export const feedQuery = queryOptions({
  queryKey: ['events', 'feed'],
  queryFn: ({ signal }) => call('listEvents', { query: { order: 'newest', limit: 30 }, signal }),
});
export const searchQuery = (q: string) =>
  queryOptions({ queryKey: ['search', q], queryFn: ({ signal }) => call('search', { query: { q, limit: 12 }, signal }), placeholderData: keepPreviousData });
const restless = new Set(['held', 'running', 'undoing']);
export const batchesQuery = queryOptions({
  queryKey: ['batches', 'list'],
  queryFn: ({ signal }) => call('listBatches', { query: { limit: 10 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((batch) => restless.has(batch.state)) ? 1_000 : false),
});
export const batchQuery = (batchId: string) =>
  queryOptions({ queryKey: ['batches', 'one', batchId], queryFn: ({ signal }) => call('readBatch', { params: { batchId }, signal }) });
export const filtersQuery = (list: 'invoices' | 'customers' | 'payments') =>
  queryOptions({ queryKey: ['filters', list], queryFn: ({ signal }) => call('listFilters', { query: { list }, signal }), staleTime: 300_000 });
export const snippetsQuery = queryOptions({ queryKey: ['snippets'], queryFn: ({ signal }) => call('listSnippets', { signal }), staleTime: 300_000 });
export const importsQuery = queryOptions({ queryKey: ['imports', 'list'], queryFn: ({ signal }) => call('listImports', { query: { limit: 25 }, signal }) });
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: ({ signal }) => call('readImport', { params: { importId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 700 : false),
  });
export const importRowsQuery = (importId: string, version: number) =>
  queryOptions({
    queryKey: ['imports', 'rows', importId, version],
    queryFn: ({ signal }) => call('previewImport', { params: { importId }, signal }),
    placeholderData: keepPreviousData,
  });
export const importUndoQuery = (importId: string, version: number) =>
  queryOptions({ queryKey: ['imports', 'undo', importId, version], queryFn: ({ signal }) => call('readUndo', { params: { importId }, signal }) });
export const importProblemsQuery = (importId: string, version: number, which: Readonly<{ keeps: boolean; code?: string; except?: string }>) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'problems', importId, version, which],
    queryFn: ({ signal, pageParam }) => call('listProblems', { params: { importId }, query: withCursor({ limit: 50, ...which }, pageParam), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
export const openingsQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'openings', customerId], queryFn: ({ signal }) => call('listOpenings', { params: { customerId }, signal }) });

/** The query of a page after a cursor. */
export function withCursor<T extends object>(filter: T, cursor: string | null): T & { cursor?: string } {
  return cursor === null ? filter : { ...filter, cursor };
}
