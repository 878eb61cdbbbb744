import type { z } from '@hono/zod-openapi';
import type { DraftBody } from '../../domain/invoices/invoice.ts';
import { given } from './given.ts';
import { readRef } from './present.ts';
import type { draftPatch, previewTotalsBody } from './schemas/drafts.ts';

type Patch = z.output<typeof draftPatch>;
type Line = NonNullable<Patch['lines']>[number];

/** A line of any priced document. */
export function readLine(line: Line, at: number): Record<string, unknown> {
  const field = (name: string): string => `lines[${at}].${name}`;
  return {
    ...line,
    id: readRef('line', line.id, field('id')),
    itemId: readRef('item', line.itemId, field('itemId')),
    propertyId: readRef('property', line.propertyId, field('propertyId')),
    ...given({ taxRateId: readRef('taxRate', line.taxRateId, field('taxRateId')) }),
  };
}

/** What a draft's body says, in the words of the domain: inner ids, and only what was given. */
export function readPatch(patch: Patch): Record<string, unknown> {
  const { customerId, propertyId, lines, recipientIds, depositIds, ...rest } = patch;
  return given({
    ...rest,
    customerId: readRef('customer', customerId, 'customerId'),
    propertyId: readRef('property', propertyId, 'propertyId'),
    lines: lines?.map(readLine),
    depositIds: depositIds === null ? null : depositIds?.map((id, at) => readRef('invoice', id, `depositIds[${at}]`)),
    recipients: recipientIds?.map((id, at) => readRef('person', id, `recipientIds[${at}]`)),
  });
}

/** The draft after a patch: what was not given stays as it is. */
export function patched(before: DraftBody, patch: Patch): Record<string, unknown> {
  return { ...before, ...readPatch(patch) };
}

export function readPreview({ customerId, lines, ...rest }: z.output<typeof previewTotalsBody>): Record<string, unknown> {
  return { ...rest, customerId: readRef('customer', customerId, 'customerId'), lines: lines.map(readLine) };
}
