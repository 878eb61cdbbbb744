import './tray.css';
import { Button, CloseButton, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { addressOf } from '../api/client.ts';
import { batchesQuery, batchQuery } from '../api/queries.ts';
import type { Batch } from '../api/types.ts';
import { useAct } from '../parts/act.ts';
import { batchShare, batchTitle, isMoving } from '../parts/act-words.ts';
import { ProblemNote, SkeletonRows } from '../parts/notes.tsx';
import { useOffice } from '../parts/office-context.ts';

const putAwayKey = 'office-batches-put-away';
const keptForMs = 15 * 60_000;

function usePutAway(): [ReadonlySet<string>, (id: string) => void] {
  const [away, setAway] = useState<ReadonlySet<string>>(() => new Set((sessionStorage.getItem(putAwayKey) ?? '').split(',')));
  const put = (id: string): void => {
    const next = new Set([...away, id]);
    sessionStorage.setItem(putAwayKey, [...next].slice(-50).join(','));
    setAway(next);
  };
  return [away, put];
}

/** What goes on in the background, on every page: how far it is, what was refused, and the way back. */
export function Tray() {
  const { rights } = useOffice();
  const query = useQuery({ ...batchesQuery, enabled: rights.includes('customers:write') });
  const [away, putAway] = usePutAway();
  const [details, setDetails] = useState<string | null>(null);
  const rows = (query.data?.items ?? []).filter((batch) => isMoving(batch) || (!away.has(batch.id) && isRecent(batch))).slice(0, 4);
  return (
    <>
      {rows.length > 0 && (
        <section className="tray" aria-label="In the background">
          {rows.map((batch) => (
            <TrayRow key={batch.id} batch={batch} onDetails={() => setDetails(batch.id)} onClose={() => putAway(batch.id)} />
          ))}
        </section>
      )}
      {details !== null && <Details batchId={details} onClose={() => setDetails(null)} />}
    </>
  );
}

function isRecent({ finishedAt }: Batch): boolean {
  return finishedAt !== null && Date.now() - Date.parse(finishedAt) < keptForMs;
}

const renew = ['batches', 'invoices', 'customers', 'payments', 'home'];

function TrayRow({ batch, onDetails, onClose }: { batch: Batch; onDetails: () => void; onClose: () => void }) {
  const params = { params: { batchId: batch.id } };
  const stop = useAct('stopBatch', { renew });
  const hurry = useAct('hurryBatch', { renew });
  const undo = useAct('undoBatch', { renew });
  const may = (act: Batch['acts'][number]): boolean => batch.acts.includes(act);
  const moving = isMoving(batch);
  return (
    <div className="tray-row" data-batch={batch.state}>
      <div className="spread">
        <p className="strong small" role="status">
          {batchTitle(batch)}
        </p>
        {!moving && <CloseButton size="xs" aria-label={`Put away: ${batchTitle(batch)}`} onClick={onClose} />}
      </div>
      {batch.state === 'held' && <HeldFor batch={batch} />}
      {(batch.state === 'running' || batch.state === 'undoing') && (
        <progress className="tray-bar" max={100} value={batchShare(batch)} aria-label={batchTitle(batch)} />
      )}
      <div className="row tray-acts">
        {batch.refused > 0 && (
          <button type="button" className="text-button bad" onClick={onDetails}>
            {batch.refused} {batch.state === 'undone' ? 'could not be taken back' : 'not done'}
          </button>
        )}
        {batch.kind === 'papers' && batch.state === 'done' && batch.done > 0 && (
          <Button component="a" size="compact-xs" href={addressOf('downloadBatch', params)} download>
            Download ZIP
          </Button>
        )}
        {may('hurry') && (
          <Button size="compact-xs" variant="default" loading={hurry.isPending} onClick={() => hurry.mutate(params)}>
            Send now
          </Button>
        )}
        {may('stop') && (
          <Button size="compact-xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate(params)}>
            {batch.state === 'held' ? 'Undo' : 'Stop'}
          </Button>
        )}
        {may('undo') && (
          <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(params)}>
            Undo
          </Button>
        )}
      </div>
    </div>
  );
}

/** Counts down to the moment the first mail leaves. */
function HeldFor({ batch }: { batch: Batch }) {
  const [began] = useState(() => Date.now());
  const left = useRef(Math.max(0, Math.min(Date.parse(batch.startsAt) - Date.parse(batch.createdAt), Date.parse(batch.startsAt) - began)));
  const [seconds, setSeconds] = useState(Math.ceil(left.current / 1000));
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.max(0, Math.ceil((left.current - (Date.now() - began)) / 1000))), 250);
    return () => clearInterval(timer);
  }, [began]);
  return <p className="dim small num">{seconds > 0 ? `Nothing has left yet. ${seconds} s` : 'Starting…'}</p>;
}

/** What was not done, and why. */
function Details({ batchId, onClose }: { batchId: string; onClose: () => void }) {
  const query = useQuery(batchQuery(batchId));
  return (
    <Modal opened onClose={onClose} title={query.data ? batchTitle(query.data.batch) : 'In the background'} size="lg">
      {query.isPending ? (
        <SkeletonRows rows={4} />
      ) : query.isError ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="outcome">
          {query.data.refused.map((one) => (
            <li key={one.id}>
              <span className="strong num">{one.name || 'No longer here'}</span>
              <span className="dim small"> {one.message}</span>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
    </Modal>
  );
}
