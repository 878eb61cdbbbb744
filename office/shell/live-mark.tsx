import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLiveState } from '../api/live.ts';

const cutShownAfterMs = 4_000;

/** A quiet dot: the page keeps itself up to date. Only a cut that lasts is told in words. */
export function LiveMark() {
  const state = useLiveState();
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (state !== 'cut') return;
    const timer = setTimeout(() => setLasting(true), cutShownAfterMs);
    return () => clearTimeout(timer);
  }, [state]);
  const words = lasting ? 'No live updates right now; trying again' : 'Up to date';
  return (
    <Tooltip label={words}>
      <span className="live-dot" data-cut={lasting || undefined} role="status">
        <span className="sr">{words}</span>
      </span>
    </Tooltip>
  );
}
