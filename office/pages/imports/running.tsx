import { Button, Progress } from '@mantine/core';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { rowsOf, whole } from './words.ts';

/** How far it is. The page can be left; the work goes on. */
export function Running({ of }: { of: Import }) {
  const cancel = useAct('cancelImport', { renew: ['imports'] });
  const left = Object.values(of.things).reduce((sum, count) => sum + count, 0);
  const total = of.rowsTotal ?? 0;
  const share = of.step !== 'undo' && total > 0 ? Math.min(100, (of.rowsRead / total) * 100) : 100;
  const words = {
    check: `Checking… ${rowsOf(of.rowsRead)} read`,
    import: total > 0 ? `Importing… ${whole(of.rowsRead)} of ${rowsOf(total)}` : `Importing… ${rowsOf(of.rowsRead)} so far`,
    undo: `Undoing… ${whole(left)} ${left === 1 ? 'thing' : 'things'} to go`,
  }[of.step];
  return (
    <div className="import-running">
      <div className="row">
        <p role="status" className="grow num">
          {of.canceling ? 'Stopping…' : words} <span className="dim only-desk">You can leave this page; it goes on.</span>
        </p>
        {of.step !== 'undo' && (
          <Button size="xs" variant="default" disabled={of.canceling} loading={cancel.isPending} onClick={() => cancel.mutate({ params: { importId: of.id } })}>
            Stop
          </Button>
        )}
      </div>
      <Progress value={share} animated={share === 100} size="sm" aria-label="Progress" />
    </div>
  );
}
