import { z } from '@hono/zod-openapi';

/** Every answer that is not a success (RFC 9457), as `application/problem+json`. */
export const problem = z
  .strictObject({
    type: z.string().openapi({ example: 'https://httpstatuses.io/412' }),
    title: z.string().openapi({ example: 'stale version' }),
    status: z.int().openapi({ example: 412 }),
    code: z.string().openapi({ description: 'Stable; write programs against this.', example: 'stale_version' }),
    detail: z
      .string()
      .openapi({ description: 'What happened, for a person.', example: 'Someone else changed this meanwhile. Look at the newer version, then try again.' }),
    requestId: z.string().openapi({ description: 'Name it when you write to us.' }),
    errors: z
      .array(z.strictObject({ field: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .openapi({
        description: 'What is wrong in the input, one entry per field.',
        example: [{ field: 'lines[2].discount', code: 'discount_too_large', detail: 'The discount is larger than what it is taken from.' }],
      }),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problem>;
