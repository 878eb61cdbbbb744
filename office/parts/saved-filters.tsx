import './saved-filters.css';
import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import IconSave from '@tabler/icons-react/dist/esm/icons/IconBookmarkPlus.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconShared from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { filtersQuery } from '../api/queries.ts';
import type { SavedFilter } from '../api/types.ts';
import { useAct } from './act.ts';
import { Form } from './form.tsx';
import { useOffice } from './office-context.ts';
import { toast } from './toast.ts';

type Words = Readonly<Record<string, string>>;
type Props = {
  list: SavedFilter['list'];
  /** The words of the address now; nothing undefined. */
  now: Words;
  onOpen: (words: Words) => void;
};

const renew = ['filters'];
const same = (a: Words, b: Words): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Filters with a name, one's own and everybody's. The address holds what is shown; a name only leads to it. */
export function SavedFilters({ list, now, onOpen }: Props) {
  const { rights } = useOffice();
  const query = useQuery({ ...filtersQuery(list), enabled: rights.includes('customers:write') });
  const [naming, setNaming] = useState<SavedFilter | 'new' | null>(null);
  const filters = query.data?.items ?? [];
  const open = filters.find((filter) => same(filter.filter, now));
  const fresh = open === undefined && Object.keys(now).length > 0 && rights.includes('customers:write');
  if (filters.length === 0 && !fresh) return null;
  return (
    <fieldset className="saved" aria-label="Saved filters">
      {filters.map((filter, index) => (
        <FilterChip
          key={filter.id}
          filter={filter}
          open={filter === open}
          onOpen={() => onOpen(filter === open ? {} : filter.filter)}
          onName={() => setNaming(filter)}
          order={filters.map(({ id }) => id)}
          index={index}
        />
      ))}
      {fresh && (
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconSave size={14} aria-hidden />} onClick={() => setNaming('new')}>
          Save this filter
        </Button>
      )}
      {naming !== null && <NameFilter list={list} filter={naming === 'new' ? null : naming} now={now} onClose={() => setNaming(null)} />}
    </fieldset>
  );
}

type ChipProps = { filter: SavedFilter; open: boolean; onOpen: () => void; onName: () => void; order: readonly string[]; index: number };

function FilterChip({ filter, open, onOpen, onName, order, index }: ChipProps) {
  const sort = useAct('orderFilters', { renew });
  const save = useAct('saveFilter', { renew });
  const { list, name, shared, filter: words } = filter;
  const remove = useAct('removeFilter', {
    renew,
    done: () => toast(`“${name}” deleted`, { undo: () => save.mutate({ body: { list, name, shared, filter: words } }) }),
  });
  const move = (by: -1 | 1): void => {
    const ids = [...order];
    ids.splice(index + by, 0, ...ids.splice(index, 1));
    sort.mutate({ body: { list, ids } });
  };
  return (
    <span className="saved-chip" data-open={open || undefined}>
      <button type="button" className="saved-name" aria-pressed={open} onClick={onOpen}>
        {shared && <IconShared size={13} aria-label="Shared" />}
        {name}
      </button>
      <Menu>
        <Menu.Target>
          <button type="button" className="saved-more" aria-label={`More about the filter ${name}`}>
            <IconDots size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onName}>Rename or share…</Menu.Item>
          {index > 0 && <Menu.Item onClick={() => move(-1)}>Move left</Menu.Item>}
          {index < order.length - 1 && <Menu.Item onClick={() => move(1)}>Move right</Menu.Item>}
          <Menu.Divider />
          <Menu.Item onClick={() => remove.mutate({ params: { filterId: filter.id } })}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function NameFilter({ list, filter, now, onClose }: { list: SavedFilter['list']; filter: SavedFilter | null; now: Words; onClose: () => void }) {
  const [name, setName] = useState(filter?.name ?? '');
  const [shared, setShared] = useState(filter?.shared ?? false);
  const save = useAct('saveFilter', { renew, done: onClose });
  const change = useAct('changeFilter', { renew, done: onClose });
  const submit = (): void => {
    if (filter === null) save.mutate({ body: { list, name, shared, filter: { ...now } } });
    else change.mutate({ params: { filterId: filter.id }, body: { name, shared } });
  };
  return (
    <Modal opened onClose={onClose} title={filter === null ? 'Save this filter' : 'Rename or share'} size="sm">
      <Form onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="Late, property managers"
          value={name}
          maxLength={40}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox label="Everybody here sees it" checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <div className="row">
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending || change.isPending}>
            Save filter
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
