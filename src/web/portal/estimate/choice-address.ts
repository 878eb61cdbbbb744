/** The fields in which an address or a form names choices; empty when it names none. */
export function choiceFields(fields: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...fields].filter(([name, value]) => /^(c|o|[pq]\d{1,4})$/.test(name) && /^[\d.,]{1,16}$/.test(value)));
}

/** An address with choices behind it. */
export function withChoices(path: string, fields: URLSearchParams | readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams([...fields].map(([name, value]) => [name, value])).toString();
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}
