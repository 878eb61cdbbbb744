import type { ImportRow } from '../../api/types.ts';

const steps = ['Upload', 'Columns', 'Check', 'Import', 'Result'] as const;

/** Where a file is on its way, as one line. */
export function Steps({ of }: { of: ImportRow }) {
  const at = placeOf(of);
  return (
    <ol className="import-steps" aria-label="Steps">
      {steps.map((step, place) => (
        <li key={step} aria-current={place === at ? 'step' : undefined} data-done={place < at || undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}

function placeOf({ state, step }: ImportRow): number {
  if (state === 'waiting') return 1;
  if (step === 'check') return 2;
  return state === 'running' && step === 'import' ? 3 : 4;
}
