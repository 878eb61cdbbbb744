import { sentenceOf } from '../api/problem.ts';

/** A form that is sent by Enter or its button, never by the browser. */
export function Form({ onSubmit, children, className = 'stack' }: { onSubmit: () => unknown; children: React.ReactNode; className?: string }) {
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** Why it was not taken, under the fields. */
export function FormProblem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <p className="bad small" role="alert">
      {sentenceOf(error)}
    </p>
  );
}
