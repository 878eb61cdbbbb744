/** What a template may name, in the order a form offers them. */
export const placeholders = ['name', 'business', 'invoices', 'amount', 'due', 'days'] as const;
export type Placeholder = (typeof placeholders)[number];

/**
 * Puts values in place of `{name}` and the like, once from left to right: a value that looks like a placeholder stays as it is, and
 * braces around anything else are text. There is nothing more to it, so a template can do nothing.
 */
export function fill(template: string, values: Readonly<Record<Placeholder, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (written, name: string) => (isPlaceholder(name) ? values[name] : written));
}

function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name);
}
