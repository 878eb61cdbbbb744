import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { HTTPException } from 'hono/http-exception'
import { preferredLocale } from '../core/locale.ts'
import { Refusal, refusals, type RefusalCode, statusOf } from '../core/refusal.ts'
import { errorFields, log } from '../log.ts'
import type { WebContext } from './context.ts'
import { contentPolicy, loggedPath } from './guards.ts'
import { errorPage } from './ui/error-page.tsx'

/** RFC 9457, with our stable code and the id under which the log knows it. */
export type Problem = Readonly<{ type: string; title: string; status: number; code: string; detail: string; requestId: string; errors?: readonly FieldProblem[] }>
export type FieldProblem = Readonly<{ field: string; code: string; detail: string }>

/** The one place where an error becomes an answer: problem JSON for the API, a page for people. A bug says its request id and nothing else. */
export function translateError(error: unknown, c: WebContext): Response {
  const refusal = asRefusal(error)
  if (refusal === null) {
    log.error('request failed', { requestId: c.get('requestId'), method: c.req.method, path: loggedPath(c.req.path), ...errorFields(error) })
    return answer(c, 500, 'internal', 'Something went wrong on our side. Nothing is lost; please try again.', {})
  }
  return answer(c, refusal.status, refusal.code, refusal.message, refusal.details)
}

export function answerNotFound(c: WebContext): Response {
  return answer(c, statusOf.not_found, 'not_found', refusals.not_found.sentence, {})
}

function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  // Hono throws these for bodies it cannot read.
  if (error instanceof HTTPException && error.status < 500) return new Refusal('body_malformed')
  return null
}

function answer(c: WebContext, status: number, code: RefusalCode | 'internal', detail: string, details: Refusal['details']): Response {
  const requestId = c.get('requestId') ?? ''
  const retryAfterS = details['retryAfterS']
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS))
  if (isApi(c.req.path)) return problem(c, status, code, detail, details, requestId)
  c.header('Cache-Control', 'no-store')
  const locale = preferredLocale(c.req.header('accept-language'), 'en')
  return c.html(errorPage({ status, locale, requestId, nonce: contentPolicy(c) }), status as ContentfulStatusCode)
}

function problem(c: WebContext, status: number, code: string, detail: string, details: Refusal['details'], requestId: string): Response {
  const body: Problem = {
    type: `https://httpstatuses.io/${status}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
    requestId,
    ...fieldProblems(details, code, detail),
  }
  c.header('Content-Type', 'application/problem+json')
  c.header('Cache-Control', 'no-store')
  return c.body(JSON.stringify(body), status as ContentfulStatusCode)
}

function fieldProblems(details: Refusal['details'], code: string, detail: string): { errors?: readonly FieldProblem[] } {
  const errors = details['errors']
  if (Array.isArray(errors)) return { errors: errors as FieldProblem[] }
  return typeof details.field === 'string' ? { errors: [{ field: details.field, code, detail }] } : {}
}

const isApi = (path: string): boolean => path.startsWith('/api/')
