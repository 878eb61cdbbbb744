import type { z } from '@hono/zod-openapi';
import type { Scope } from '../../db/scope.ts';
import { type FeedQuestion, type FeedTopic, readFeed } from '../../domain/feed/feed.ts';
import { presentEvent } from '../../outgoing/public-event.ts';
import { given } from './given.ts';
import type { eventPage } from './schemas/events.ts';

type Asked = Readonly<{
  cursor?: string | undefined;
  limit?: number | undefined;
  order?: 'newest' | 'oldest' | undefined;
  after?: number | undefined;
  about?: FeedTopic | undefined;
}>;

/** One page of events, of a customer, of a document, or of the business. */
export async function timelineOf(
  scope: Scope,
  of: Pick<FeedQuestion, 'customerId' | 'documentId' | 'jobId'>,
  asked: Asked,
): Promise<z.input<typeof eventPage>> {
  const { items, nextCursor } = await readFeed(scope, { ...of, ...given(asked) });
  return { items: items.map(presentEvent), nextCursor };
}
