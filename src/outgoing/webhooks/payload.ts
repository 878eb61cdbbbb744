import { publicId } from '../../core/ids.ts';
import type { NamedEvent } from '../../domain/feed/feed.ts';
import { presentEvent } from '../public-event.ts';

/** What a webhook carries, as Standard Webhooks shape it: the kind of event, when it happened, and the event as the API's feed has it. */
export function eventPayload(event: NamedEvent): { id: string; body: string } {
  const data = presentEvent(event);
  return { id: data.id, body: JSON.stringify({ type: data.kind, timestamp: data.at, data }) };
}

/** A test says so and nothing else: no customer stands in it. */
export function testPayload(of: Readonly<{ eventId: string; endpointId: string; at: string }>): { id: string; body: string } {
  const id = publicId('event', of.eventId);
  const data = { webhookId: publicId('webhook', of.endpointId), message: 'This is a test. Nothing happened.' };
  return { id, body: JSON.stringify({ type: 'webhook.test', timestamp: of.at, data }) };
}
