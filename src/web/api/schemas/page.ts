import { z } from '@hono/zod-openapi';
import { limits } from '../../../core/limits.ts';
import { queryInteger } from './values.ts';

/** How every list is paged: by cursor, never by number, so that nothing is seen twice or missed while rows are added. */

export const pageQuery = {
  cursor: z.string().max(500).optional().openapi({ description: '`nextCursor` of the page before. Made by us only.' }),
  limit: queryInteger(1, limits.pageSizeMax)
    .optional()
    .openapi({ description: `Rows a page, at most ${limits.pageSizeMax}; ${limits.pageSize} when absent.` }),
};

export function pageOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .strictObject({
      items: z.array(item),
      nextCursor: z.string().nullable().openapi({ description: 'null on the last page.' }),
    })
    .openapi(name);
}

/** A short list that is always whole. */
export function listOf<T extends z.ZodType>(name: string, item: T) {
  return z.strictObject({ items: z.array(item) }).openapi(name);
}
