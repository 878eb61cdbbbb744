import { z } from '@hono/zod-openapi';
import { earlyDaysMax, graceDaysMax } from '../../../core/charges.ts';
import { discount, minor, orNull, ratePpm } from './values.ts';

/** What is agreed for paying late and early: a setting, a word with one customer, a part of a draft. */

export const lateFee = z
  .strictObject({
    fee: discount.openapi({ description: 'An amount, or a share of what is overdue.' }),
    graceDays: z.int().min(0).max(graceDaysMax).openapi({ description: 'Days after the due day on which nothing is charged yet.', example: 5 }),
    every: z.enum(['once', 'month']),
    capMinor: orNull(minor).openapi({ description: 'The most all fees of one invoice may be; null: no limit.' }),
  })
  .openapi('LateFee');

export const earlyDiscount = z
  .strictObject({ ratePpm, days: z.int().min(0).max(earlyDaysMax).openapi({ description: 'Days after the day of the invoice.', example: 10 }) })
  .openapi('EarlyDiscount');
