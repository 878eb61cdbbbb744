import { Button } from '@mantine/core';
import { sentenceOf } from '../../api/problem.ts';
import type { CrewListed } from '../../api/types.ts';
import { useTitle } from '../../parts/page.tsx';
import { Mark } from '../../parts/status-mark.tsx';
import { useFieldWords } from './words.ts';

/** A page of the crew: one heading, large targets. */
export function FieldPage({ title, children }: { title: string; children: React.ReactNode }) {
  useTitle(title);
  return (
    <div className="field-page">
      <h1>{title}</h1>
      {children}
    </div>
  );
}

export function FieldProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const words = useFieldWords();
  return (
    <div className="note" data-tone="bad" role="alert">
      <p>{sentenceOf(error)}</p>
      <Button mt="xs" variant="default" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}

const tones = { draft: 'neutral', ready: 'warn', sent: 'plain', paying: 'warn', paid: 'good', canceled: 'neutral' } as const;
export function StateMark({ state }: Pick<CrewListed, 'state'>) {
  return <Mark tone={tones[state]}>{useFieldWords().states[state]}</Mark>;
}
