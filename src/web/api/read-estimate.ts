import type { z } from '@hono/zod-openapi';
import { given } from './given.ts';
import { readRef } from './present.ts';
import { readLine } from './read-draft.ts';
import type { choicesBody, estimatePatch, previewEstimateBody } from './schemas/estimate-drafts.ts';

/** What a draft's body says, in the words of the domain: inner ids, and only what was given. */
export function readEstimatePatch(patch: z.output<typeof estimatePatch>): Record<string, unknown> {
  const { customerId, propertyId, lines, recipientIds, ...rest } = patch;
  return given({
    ...rest,
    customerId: readRef('customer', customerId, 'customerId'),
    propertyId: readRef('property', propertyId, 'propertyId'),
    lines: lines?.map(readLine),
    recipients: recipientIds?.map((id, at) => readRef('person', id, `recipientIds[${at}]`)),
  });
}

export function readEstimatePreview({ customerId, lines, changeOrder, ...rest }: z.output<typeof previewEstimateBody>): Record<string, unknown> {
  return { ...rest, customerId: readRef('customer', customerId, 'customerId'), lines: lines.map(readLine) };
}

export function readChoices({ options, packages, quantities }: z.output<typeof choicesBody>): Record<string, unknown> {
  return given({
    packages,
    options: options?.map((id, at) => readRef('line', id, `options[${at}]`)),
    quantities: quantities?.map((each, at) => ({ ...each, lineId: readRef('line', each.lineId, `quantities[${at}].lineId`) })),
  });
}
