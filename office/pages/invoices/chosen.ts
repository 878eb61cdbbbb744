import { useCallback, useMemo, useState } from 'react';

/** Rows chosen for an act on many. They stay chosen while the list is searched or grows. */
export type Chosen = {
  ids: readonly string[];
  count: number;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  set: (ids: readonly string[]) => void;
};

export const chosenMost = 100;

export function useChosen(): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => {
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id) && next.size < chosenMost) next.add(id);
      return next;
    });
  }, []);
  const set = useCallback((all: readonly string[]) => setIds(new Set(all.slice(0, chosenMost))), []);
  return useMemo(() => ({ ids: [...ids], count: ids.size, has: (id) => ids.has(id), toggle, set }), [ids, toggle, set]);
}
