import { isUuid } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { WebContext } from '../context.ts';
import type { FormProblem } from '../ui/form.tsx';

/** The fields of a posted form: texts only, each given once, nothing of more than a form's size. */
export type Given = Readonly<{ text: (name: string) => string; all: (name: string) => string[]; act: string; raw: string }>;

export async function givenForm(c: WebContext): Promise<Given> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new Refusal('content_type_unsupported');
  const raw = await c.req.text();
  if (raw.length > limits.formBodyBytes) throw new Refusal('body_too_large');
  const fields = new URLSearchParams(raw);
  const act = fields.get('act') ?? '';
  return { text: (name) => fields.get(name) ?? '', all: (name) => fields.getAll(name), act: isUuid(act) ? act : '', raw };
}

/** A bug goes on; an expected no becomes what the form says when it comes back. */
export function problemOf(error: unknown): NonNullable<FormProblem> & { status: number } {
  if (!(error instanceof Refusal)) throw error;
  return { code: error.code, field: error.details.field, status: error.status };
}
