/** What sort of "no" it is; decides the HTTP status and nothing else. */
export type RefusalKind =
  | 'invalid'
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'precondition'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable';

/** Exhaustive on purpose: a new kind does not compile until it has a status. */
export const statusOf: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition: 412,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
};
