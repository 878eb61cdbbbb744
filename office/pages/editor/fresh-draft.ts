/** Drafts begun a moment ago in this window. One that is left without a single line is thrown away, so that no empty drafts pile up. */
const fresh = new Set<string>();

export const rememberFresh = (invoiceId: string): void => void fresh.add(invoiceId);
export const isFresh = (invoiceId: string): boolean => fresh.has(invoiceId);
export const forgetFresh = (invoiceId: string): boolean => fresh.delete(invoiceId);
