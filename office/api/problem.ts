import type { Problem } from './types.ts';

/** A "no" of the API, or of the network between us. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Stable; `offline` when the server could not be reached, `internal` when it failed. */
  readonly code: string;
  readonly requestId: string;
  /** Messages by field, as the API names fields: `lines[2].discount`. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail'> & Partial<Problem>) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.requestId = problem.requestId ?? '';
    this.fields = Object.fromEntries((problem.errors ?? []).map(({ field, detail }) => [field, detail]));
  }
}

export const offline = (): ApiProblem => new ApiProblem({ status: 0, code: 'offline', detail: 'We cannot reach the server. Nothing was changed.' });

/** Reads whatever came instead of an answer. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return new ApiProblem(body);
  } catch {
    // Not JSON: a proxy or a page answered.
  }
  return new ApiProblem({ status: response.status, code: 'internal', detail: 'Something went wrong on our side. Nothing is lost; please try again.' });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body;
}

export const isProblemCode = (error: unknown, ...codes: string[]): error is ApiProblem => error instanceof ApiProblem && codes.includes(error.code);

/** One sentence for a person, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : 'Something went wrong on this page. Nothing is lost; please try again.';
}
