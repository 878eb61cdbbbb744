/** A kept answer with the names of whom it is for. The rest stands as it was written. */
export function fillIn(body: string, customer: string, number: string): string {
  return body.replaceAll('{customer}', () => customer).replaceAll('{number}', () => number);
}
