import { z } from '@hono/zod-openapi';
import { isDay } from '../../../core/calendar.ts';
import { isCurrency } from '../../../core/currencies.ts';
import { type IdKind, idPrefixes } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { lengthOf } from '../../../core/text.ts';

/** The small values every resource is made of: ids, amounts, days, texts. */

const documentMax = Number(limits.documentMaxMinor);
const sampleDigits = '06e3c6ms2c9h4r7x1q8v5z0tkw';

/** `inv_` and 26 digits. One spelling per id. */
export function idOf(kind: IdKind) {
  const prefix = idPrefixes[kind];
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`))
    .openapi({ example: `${prefix}_${sampleDigits}` });
}

/** Integer minor units, either sign. */
export const signedMinor = z.int().min(-documentMax).max(documentMax).openapi({ description: 'Integer in minor units of the currency.', example: 18600 });
/** Integer minor units, never below zero. */
export const minor = z.int().min(0).max(documentMax).openapi({ description: 'Integer in minor units of the currency.', example: 18600 });
/** What one payment may be. */
export const paymentMinor = z
  .int()
  .min(Number(limits.paymentMinMinor))
  .max(Number(limits.paymentMaxMinor))
  .openapi({ description: 'Integer in minor units of the currency, 1 to 99,999,999.', example: 18600 });
/** Sums over many documents or customers. */
export const sumMinor = z.int().openapi({ description: 'Integer in minor units of the currency.', example: 481240 });
export const unitPriceMilli = z
  .int()
  .min(-Number(limits.unitPriceMaxMilli))
  .max(Number(limits.unitPriceMaxMilli))
  .openapi({ description: 'Price of one unit in thousandths of a minor unit: $0.12345 is 12345.', example: 9500000 });
export const quantityMilli = z
  .int()
  .min(-Number(limits.quantityMaxMilli))
  .max(Number(limits.quantityMaxMilli))
  .openapi({ description: 'Quantity in thousandths: 2.5 is 2500.', example: 1000 });
export const ratePpm = z.int().min(0).max(Number(limits.ratePpmMax)).openapi({ description: 'Parts per million: 8.25 % is 82500.', example: 82500 });

export const currency = z.string().length(3).refine(isCurrency, 'This currency does not exist.').openapi({ description: 'ISO 4217 code.', example: 'USD' });
export const day = z.string().refine(isDay, 'This is not a day in the calendar.').openapi({ format: 'date', example: '2026-12-04' });
export const instant = z.string().openapi({ format: 'date-time', example: '2026-11-23T15:04:05.000Z' });
export const language = z.enum(['en', 'es', 'fr']).openapi({ example: 'en' });
export const version = z.int().min(1).openapi({ description: 'Send it back in If-Match when changing this.', example: 3 });
export const color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/)
  .openapi({ example: '#1f5f4a' });
export const count = z.int().min(0).openapi({ example: 12 });

/** Text as typed. Length is counted in code points, as a person counts. */
export function text(max: number, example?: string) {
  return z
    .string()
    .refine((value) => value.length <= max || lengthOf(value) <= max, 'This text is too long.')
    .openapi({ maxLength: max, ...(example === undefined ? {} : { example }) });
}

/** Text that may not be empty. */
export function filledText(max: number, example?: string) {
  return z
    .string()
    .refine((value) => value.trim() !== '', 'This is needed.')
    .refine((value) => value.length <= max || lengthOf(value) <= max, 'This text is too long.')
    .openapi({ minLength: 1, maxLength: max, ...(example === undefined ? {} : { example }) });
}

/** A whole number in a query string. */
export function queryInteger(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max });
}

export const queryFlag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .openapi({ type: 'boolean' });

export const address = z
  .strictObject({
    street: text(120, '100 Sample Street'),
    unit: text(120, ''),
    city: text(120, 'Sampleton'),
    region: text(120, 'TX'),
    postalCode: text(20, '00000'),
    country: text(2, 'US').openapi({ description: 'ISO 3166-1 alpha-2, or empty.' }),
  })
  .openapi('Address');

export const discount = z
  .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('percent'), ratePpm }), z.strictObject({ kind: z.literal('amount'), amountMinor: minor })])
  .openapi('Discount', { description: 'A share of what it is taken from, or an amount.' });

/** A named thing or nothing. Not `.nullable()`, which would make the name itself nullable wherever the document uses it. */
export function orNull<T extends z.ZodType>(schema: T) {
  return z.union([schema, z.null()]);
}
