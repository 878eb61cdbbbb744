import type { SaveState } from './autosave.ts';

/** Whether what is typed is safe, in a word. */
export function SaveMark({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const [words, tone] = wordsOf(state);
  return (
    <p className={`small ${tone === 'bad' ? 'bad' : 'dim'}`} role="status">
      {words}
      {(state.kind === 'waiting' || state.kind === 'refused') && (
        <button type="button" className="text-button" onClick={onRetry}>
          Try again
        </button>
      )}
    </p>
  );
}

function wordsOf(state: SaveState): readonly [string, 'dim' | 'bad'] {
  switch (state.kind) {
    case 'saved':
      return ['Draft saved', 'dim'];
    case 'unsaved':
    case 'saving':
      return ['Saving…', 'dim'];
    case 'waiting':
      return ['Not saved yet: no connection. We keep trying.', 'bad'];
    case 'refused':
      return [`Not saved: ${state.problem.message}`, 'bad'];
    case 'conflict':
      return ['Not saved: someone else changed this draft', 'bad'];
  }
}
