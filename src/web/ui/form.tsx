import type { ReactNode } from 'react';
import type { RefusalCode } from '../../core/refusal.ts';
import { refusals } from '../../core/refusal.ts';
import type { Words } from '../../core/words/words.ts';
import { Icon } from './icon.tsx';

/** What a form was refused for: said once above it and once at the field. */
export type FormProblem = Readonly<{ code: RefusalCode; field: string | undefined }> | null;

export function problemText(w: Words, problem: NonNullable<FormProblem>): string {
  return w.errors.refusal[problem.code] ?? refusals[problem.code].sentence;
}

/** The sentence above a form that came back. */
export function FormAlert({ w, problem }: Readonly<{ w: Words; problem: FormProblem }>) {
  if (problem === null) return null;
  return (
    <div className="note hot" role="alert" id="problem">
      <Icon name="alert" />
      <p>{problemText(w, problem)}</p>
    </div>
  );
}

type FieldProps = Readonly<{
  label: ReactNode;
  name: string;
  value?: string;
  type?: string;
  hint?: ReactNode;
  required?: boolean;
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  maxLength?: number;
  pattern?: string;
  problem?: FormProblem;
  rows?: number;
  accept?: string;
  multiple?: boolean;
  min?: string;
  max?: string;
}>;

/** One labelled field; the one at fault is marked and tied to the sentence that says why. */
export function Field({ label, name, value = '', type = 'text', hint, required, problem = null, rows, ...rest }: FieldProps) {
  const wrong = problem?.field === name;
  const described = [hint && `${name}-hint`, wrong && 'problem'].filter(Boolean).join(' ') || undefined;
  const common = { id: name, name, required, 'aria-invalid': wrong || undefined, 'aria-describedby': described };
  return (
    <div className="field">
      <label htmlFor={name}>
        <b>{label}</b>
      </label>
      {rows ? (
        <textarea {...common} rows={rows} maxLength={rest.maxLength} defaultValue={value} />
      ) : (
        <input {...common} {...rest} type={type} defaultValue={value} />
      )}
      {hint && <small id={`${name}-hint`}>{hint}</small>}
    </div>
  );
}

/** A choice among few. */
export function Choice({ name, value, checked, children }: Readonly<{ name: string; value: string; checked: boolean; children: ReactNode }>) {
  return (
    <label>
      <input type="radio" name={name} value={value} defaultChecked={checked} />
      {children}
    </label>
  );
}

/** The form's own id of its act: pressed twice, reloaded or sent from two tabs, it is one act. */
export function ActId({ id }: Readonly<{ id: string }>) {
  return <input type="hidden" name="act" value={id} />;
}
