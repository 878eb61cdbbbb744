import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { formatUnitPrice } from '../../../src/core/money-format.ts';
import type { Job } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Day, shortDay } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty } from '../../parts/notes.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { LineFields, type WorkLine } from './line-fields.tsx';

/** What a job has to do: each line with its visit, its price, and whether it is billed. */
export function WorkList({ job }: { job: Job }) {
  const [editing, setEditing] = useState(false);
  const change = job.acts.includes('change') && job.estimate === null;
  const dayOf = new Map(job.visits.map(({ id, day }) => [id, day]));
  return (
    <Section
      title="Work list"
      id="work"
      actions={
        change && (
          <Button variant="default" size="xs" onClick={() => setEditing(true)}>
            {job.lines.length === 0 ? 'Add work' : 'Change'}
          </Button>
        )
      }
    >
      {job.lines.length === 0 ? (
        <Empty title="Nothing is listed">What is done here is billed as one line, unless you list it.</Empty>
      ) : (
        <table className="list">
          <thead>
            <tr>
              <th>What</th>
              <th className="only-desk">Visit</th>
              <th className="end only-desk">Quantity</th>
              <th className="end">Amount</th>
            </tr>
          </thead>
          <tbody>
            {job.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {line.name || line.description}
                  {line.invoiceId !== null && <span className="second">billed</span>}
                </td>
                <td className="only-desk dim">{line.visitId !== null && dayOf.has(line.visitId) && <Day day={dayOf.get(line.visitId) ?? ''} />}</td>
                <td className="end only-desk num">
                  {line.quantityMilli / 1000} × {formatUnitPrice(BigInt(line.unitPriceMilli), job.currency, 'en')}
                </td>
                <td className="end">
                  <Money minor={line.netMinor} currency={job.currency} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td className="strong">Total with tax</td>
              <td className="only-desk" />
              <td className="only-desk" />
              <td className="end strong">
                <Money minor={job.totalMinor} currency={job.currency} />
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {editing && <Editing job={job} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function Editing({ job, onClose }: { job: Job; onClose: () => void }) {
  const { today } = useOffice();
  const [lines, setLines] = useState<readonly WorkLine[]>(() => job.lines.filter(({ invoiceId }) => invoiceId === null).map(lineOf));
  const act = useAct('changeJob', { renew: ['jobs', 'visits', 'events'], done: onClose, failed: () => true });
  const visits = job.visits.map(({ id, day, title }) => ({ value: id, label: `${shortDay(day, today)} · ${title}` }));
  const save = (): void =>
    act.mutate({
      params: { jobId: job.id },
      version: job.version,
      body: { lines: lines.filter(({ name }) => name.trim() !== '') },
    });
  return (
    <SidePanel title="Work list" onClose={onClose} size={560}>
      <Form onSubmit={save}>
        <LineFields
          lines={lines}
          currency={job.currency}
          onLines={setLines}
          beside={(line, set) =>
            visits.length > 0 && (
              <Select
                aria-label="Visit"
                placeholder="No visit in particular"
                data={visits}
                value={line.visitId}
                clearable
                onChange={(visitId) => set({ ...line, visitId })}
              />
            )
          }
        />
        <FormProblem error={act.error} />
        <div className="row">
          <Button type="submit" loading={act.isPending}>
            Save work list
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}

function lineOf(line: Job['lines'][number]): WorkLine {
  const { netMinor, invoiceId, ...rest } = line;
  return rest;
}
