import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { useOffice } from '../parts/office-context.ts';
import { readIntent } from './intents.ts';
import { usePaletteActs } from './palette-acts.ts';
import { actFits } from './palette-fits.ts';
import { actRow, foundRow, intentRow, type Row, recentRow } from './palette-rows.tsx';
import { readRecent } from './recent.ts';

const actsMost = 6;

/** The rows for what is typed: what was looked at last and done often, then what fits, then what is found. */
function useRows(typed: string, onHelp: () => void): { rows: readonly Row[]; waiting: boolean; failed: boolean } {
  const navigate = useNavigate();
  const { business, rights } = useOffice();
  const acts = usePaletteActs(onHelp);
  const { intent, rest } = readIntent(typed);
  const [q] = useDebouncedValue(rest, 120);
  const found = useQuery({ ...searchQuery(q), enabled: q !== '' && rights.includes('customers:read') });
  const fitting = acts.filter((act) => actFits(act, typed));
  if (typed === '') {
    return { rows: [...readRecent(business.id).map((recent) => recentRow(recent, navigate)), ...fitting.map(actRow)], waiting: false, failed: false };
  }
  const items = q === '' || rest === '' ? [] : (found.data?.items ?? []);
  const meant = intent === null ? [] : items.flatMap((item) => intentRow(intent, item, navigate) ?? []);
  const rows = [...fitting.slice(0, actsMost).map(actRow), ...meant, ...(meant.length > 0 ? [] : items.map((item) => foundRow(item, navigate)))];
  return { rows, waiting: rest !== '' && (q !== rest || found.isFetching || found.isPlaceholderData), failed: found.isError };
}

/** Who types fast presses Enter before the answer is there: it counts once it is. */
function useHurry(rows: readonly Row[], waiting: boolean, onClose: () => void) {
  const [hurried, setHurried] = useState(false);
  useEffect(() => {
    if (!hurried || waiting) return;
    setHurried(false);
    if (rows[0] === undefined) return;
    onClose();
    void rows[0].open();
  }, [hurried, waiting, rows, onClose]);
  return setHurried;
}

/** Find anything by what people remember of it, go anywhere, do anything; the arrow keys choose, Enter opens. */
export default function SearchPanel({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const { rows, waiting, failed } = useRows(typed.trim(), onHelp);
  const chosen = Math.min(at, Math.max(0, rows.length - 1));
  const setHurried = useHurry(rows, waiting, onClose);
  const list = useRef<HTMLDivElement>(null);
  const open = (row: Row | undefined): void => {
    if (row === undefined) return;
    onClose();
    void row.open();
  };
  useEffect(() => {
    list.current?.querySelector(`#finding-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const press = (event: React.KeyboardEvent): void => {
    const last = rows.length - 1;
    if (event.key === 'ArrowDown') setAt(chosen >= last ? 0 : chosen + 1);
    else if (event.key === 'ArrowUp') setAt(chosen <= 0 ? Math.max(0, last) : chosen - 1);
    else if (event.key === 'Enter' && waiting && at === 0) setHurried(true);
    else if (event.key === 'Enter') open(rows[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={600} yOffset="12vh" centered={false} aria-label="Search">
      <div className="finder">
        <div className="finder-head">
          <IconSearch size={18} aria-hidden className="dim" />
          <FinderInput
            value={typed}
            chosen={rows[chosen] ? `finding-${chosen}` : undefined}
            onKeyDown={press}
            onValue={(value) => {
              setTyped(value);
              setAt(0);
              setHurried(false);
            }}
          />
          <kbd>Esc</kbd>
        </div>
        <div id="findings" role="listbox" aria-label="Found" className="finder-list" ref={list}>
          {groupsOf(rows).map(({ group, from, of }) => (
            <div key={`${group} ${from}`}>
              <p className="finder-group" aria-hidden>
                {group}
              </p>
              {of.map((row, index) => (
                <FindingRow
                  key={row.key}
                  row={row}
                  id={`finding-${from + index}`}
                  chosen={from + index === chosen}
                  onHover={() => setAt(from + index)}
                  onOpen={() => open(row)}
                />
              ))}
            </div>
          ))}
        </div>
        <NothingFound shown={rows.length === 0} typed={typed.trim()} waiting={waiting} failed={failed} />
      </div>
    </Modal>
  );
}

function NothingFound({ shown, typed, waiting, failed }: { shown: boolean; typed: string; waiting: boolean; failed: boolean }) {
  const words = waiting ? 'Looking…' : failed ? 'Could not look. Try again in a moment.' : `Nothing found for “${typed}”.`;
  return (
    <p className="finder-none dim" role="status">
      {shown && typed !== '' && words}
    </p>
  );
}

/** In the same moment it is drawn: the dialog's own focus comes a turn later, and what a quick hand typed by then would go to the page below. */
const focusAtOnce = (input: HTMLInputElement | null): void => input?.focus({ preventScroll: true });

type InputProps = { value: string; chosen: string | undefined; onValue: (value: string) => void; onKeyDown: (event: React.KeyboardEvent) => void };

function FinderInput({ value, chosen, onValue, onKeyDown }: InputProps) {
  return (
    <input
      ref={focusAtOnce}
      data-autofocus
      className="finder-input"
      placeholder="Find, go to, or do: “send 1042”"
      aria-label="Search"
      role="combobox"
      aria-expanded
      aria-controls="findings"
      aria-autocomplete="list"
      aria-activedescendant={chosen}
      autoComplete="off"
      spellCheck={false}
      maxLength={100}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function groupsOf(rows: readonly Row[]): { group: string; from: number; of: Row[] }[] {
  const groups: { group: string; from: number; of: Row[] }[] = [];
  rows.forEach((row, index) => {
    const last = groups.at(-1);
    if (last?.group === row.group) last.of.push(row);
    else groups.push({ group: row.group, from: index, of: [row] });
  });
  return groups;
}

type FindingProps = { row: Row; id: string; chosen: boolean; onHover: () => void; onOpen: () => void };

function FindingRow({ row, id, chosen, onHover, onOpen }: FindingProps) {
  // The list moves under a pointer that rests: only a pointer that moves itself chooses.
  const hovered = (event: React.MouseEvent): void => {
    if (event.movementX !== 0 || event.movementY !== 0) onHover();
  };
  return (
    <button id={id} type="button" role="option" tabIndex={-1} aria-selected={chosen} className="finding" onMouseMove={hovered} onClick={onOpen}>
      <row.icon size={17} stroke={1.75} aria-hidden className="dim" />
      <span className="clip strong finding-title">{row.title}</span>
      <span className="grow clip dim small">{row.detail}</span>
      {row.end}
      {row.keys?.split(' ').map((key) => (
        <kbd key={key} aria-hidden>
          {key}
        </kbd>
      ))}
    </button>
  );
}
