/** The sizes the product works within. Amounts in minor units; texts in code points; bodies and files in bytes. */
export const limits = {
  paymentMinMinor: 1n,
  paymentMaxMinor: 99_999_999n,
  /** A line, a discount, a document: the largest amount either way. */
  documentMaxMinor: 99_999_999_999n,
  unitPriceMaxMilli: 99_999_999_999_000n,
  /** One million of anything on one line. */
  quantityMaxMilli: 1_000_000_000n,
  ratePpmMax: 1_000_000n,
  linesPerDocument: 500,
  taxRatesPerDocument: 50,
  componentsPerTaxRate: 8,
  propertiesPerDocument: 200,
  recipientsPerSend: 20,
  peoplePerAccount: 300,
  attachmentsPerDocument: 20,
  attachmentBytes: 10 * 1024 * 1024,
  imageMegapixels: 25,
  jsonBodyBytes: 1024 * 1024,
  jsonDepth: 20,
  formBodyBytes: 256 * 1024,
  importBodyBytes: 256 * 1024 * 1024,
  importRows: 1_000_000,
  pageSize: 25,
  pageSizeMax: 100,
  searchQuery: 100,
  idempotencyKey: 255,
  webhookUrl: 2_000,
  dueDaysMax: 365,
} as const;

/** Longest text per kind of field, in code points after cleaning. */
export const textLimits = {
  name: 120,
  email: 254,
  phone: 40,
  addressLine: 120,
  postalCode: 20,
  code: 40,
  number: 40,
  poNumber: 60,
  title: 120,
  lineDescription: 2_000,
  unit: 20,
  message: 4_000,
  internalNote: 10_000,
  reason: 500,
  question: 4_000,
  subject: 200,
  fileName: 120,
  greeting: 500,
  howToPay: 2_000,
  terms: 10_000,
  licenseLine: 200,
} as const;

export type TextField = keyof typeof textLimits;
