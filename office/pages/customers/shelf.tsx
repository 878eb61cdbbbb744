import { ActionIcon, Button, FileInput, Select, Switch, TextInput } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries.ts';
import { shelfQuery } from '../../api/shelf-queries.ts';
import type { ShelfPaper } from '../../api/types.ts';
import { useAct } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { shortDay } from '../../parts/days.tsx';
import { Form, FormProblem } from '../../parts/form.tsx';
import { useOffice } from '../../parts/office-context.ts';
import { Section } from '../../parts/page.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { toast } from '../../parts/toast.ts';

const kinds: Readonly<Record<ShelfPaper['kind'], string>> = {
  ...{ insurance: 'Insurance', tax_form: 'Tax form', contract: 'Contract', lien_waiver: 'Lien waiver', license: 'License', other: 'Other' },
};

/** Insurance, tax forms, contracts and waivers: what this customer's people see in the portal under Documents. */
export function Shelf({ customerId }: { customerId: string }) {
  const { rights } = useOffice();
  const query = useQuery(shelfQuery(customerId));
  const [adding, setAdding] = useState(false);
  const rows = query.data?.items ?? [];
  const mayAdd = rights.includes('customers:write');
  if (query.data === undefined || (rows.length === 0 && !mayAdd)) return null;
  return (
    <Section
      title="Documents"
      id="shelf"
      actions={
        mayAdd && (
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            Add document
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="dim small">Insurance, tax forms and contracts you add here are in this customer’s portal under Documents.</p>
      ) : (
        <ul className="shelf">
          {rows.map((paper) => (
            <Paper key={paper.id} paper={paper} mayRemove={mayAdd} />
          ))}
        </ul>
      )}
      {adding && <AddPaper customerId={customerId} onClose={() => setAdding(false)} />}
    </Section>
  );
}

const soonDays = 30;

function Paper({ paper, mayRemove }: { paper: ShelfPaper; mayRemove: boolean }) {
  const { today } = useOffice();
  const [removing, setRemoving] = useState(false);
  const remove = useAct('takeOffShelf', { renew: ['shelf'], done: () => toast(`${paper.title} is off the shelf`) });
  const left = paper.expiresOn === null ? null : Temporal.PlainDate.from(today).until(paper.expiresOn).days;
  const until = paper.expiresOn === null ? '' : `${(left ?? 0) < 0 ? 'ended' : 'until'} ${shortDay(paper.expiresOn, today)}`;
  return (
    <li className="spread">
      <span className="clip">
        <a href={addressOf('readShelfFile', { params: { paperId: paper.id } })} className="link">
          {paper.title}
        </a>
        <span className="dim small">
          {' '}
          · {[kinds[paper.kind], paper.property?.title, paper.customerId === null ? 'for all customers' : ''].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="row">
        <span className="small" data-tone={left !== null && left < soonDays ? 'warn' : undefined}>
          {until}
        </span>
        {mayRemove && (
          <ActionIcon size="sm" aria-label={`Take ${paper.title} off`} onClick={() => setRemoving(true)}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </span>
      {removing && (
        <Confirm
          title={`Take ${paper.title} off the shelf?`}
          act="Take it off"
          busy={remove.isPending}
          onAct={() => remove.mutate({ params: { paperId: paper.id } }, { onSuccess: () => setRemoving(false) })}
          onClose={() => setRemoving(false)}
        >
          <p>{paper.customerId === null ? 'No customer sees it any more.' : 'This customer does not see it any more.'}</p>
        </Confirm>
      )}
    </li>
  );
}

function AddPaper({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [fields, setFields] = useState({
    title: '',
    kind: 'insurance' as ShelfPaper['kind'],
    expiresOn: null as string | null,
    propertyId: null as string | null,
    forAll: false,
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const set = (change: Partial<typeof fields>): void => setFields((before) => ({ ...before, ...change }));
  const save = async (): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    setProblem(null);
    try {
      await call('addToShelf', { query: queryOf(customerId, file, fields), body: file });
      await client.invalidateQueries({ queryKey: ['shelf'] });
      toast('On the shelf; those it is for see it now');
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <SidePanel title="Add document" onClose={onClose}>
      <Form onSubmit={() => save()}>
        <div className="fields">
          <FileInput label="Photo or PDF" required accept="image/jpeg,image/png,image/webp,application/pdf" value={file} onChange={setFile} />
          <TextInput label="Title" required maxLength={120} value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <Select
            label="Kind"
            data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            value={fields.kind}
            onChange={(kind) => set({ kind: (kind ?? 'other') as ShelfPaper['kind'] })}
            allowDeselect={false}
          />
          <DayField label="Good until" clearable day={fields.expiresOn} onDay={(expiresOn) => set({ expiresOn })} />
          <Where customerId={customerId} fields={fields} set={set} />
        </div>
        <FormProblem error={problem} />
        <div className="form-foot">
          <Button type="submit" loading={busy} disabled={file === null || fields.title.trim() === ''}>
            Add document
          </Button>
        </div>
      </Form>
    </SidePanel>
  );
}

type Fields = { title: string; kind: ShelfPaper['kind']; expiresOn: string | null; propertyId: string | null; forAll: boolean };

function queryOf(customerId: string, file: File, { title, kind, expiresOn, propertyId, forAll }: Fields) {
  return {
    ...{ name: file.name.slice(-120), title: title.trim(), kind },
    ...(forAll ? {} : { customerId, ...(propertyId === null ? {} : { propertyId }) }),
    ...(expiresOn === null ? {} : { expiresOn }),
  };
}

function Where({ customerId, fields, set }: { customerId: string; fields: Fields; set: (change: Partial<Fields>) => void }) {
  const properties = useQuery(propertiesQuery(customerId));
  const places = properties.data?.items ?? [];
  return (
    <>
      <Switch label="For all customers" checked={fields.forAll} onChange={(event) => set({ forAll: event.currentTarget.checked, propertyId: null })} />
      {!fields.forAll && places.length > 0 && (
        <Select
          label="Property"
          placeholder="The account as a whole"
          data={places.map(({ id, name, code }) => ({ value: id, label: [name, code].filter(Boolean).join(' · ') }))}
          value={fields.propertyId}
          onChange={(propertyId) => set({ propertyId })}
          clearable
          searchable
        />
      )}
    </>
  );
}
