import { Button, Menu } from '@mantine/core';
import IconBuilding from '@tabler/icons-react/dist/esm/icons/IconBuilding.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useEffect, useRef } from 'react';
import { freshId } from '../../api/fresh-id.ts';
import type { EditorSection } from './draft-state.ts';
import { useSheet } from './editor-context.ts';
import { LineRow } from './line-row.tsx';
import { SectionBar } from './section-bar.tsx';

/** The lines, in sections when there are several properties. Enter goes on; Alt and an arrow moves a line. */
export function Lines() {
  const { sheet, dispatch } = useSheet();
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const add = (section: string, after?: string): void => {
    const id = freshId('line');
    wanted.current = id;
    dispatch({ act: 'add_line', section, id, ...(after === undefined ? {} : { after }) });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: an invoice without lines opens with one to write on
  useEffect(() => {
    const [first] = sheet.sections;
    if (first && sheet.sections.every((section) => section.lines.length === 0)) add(first.key);
  }, []);
  useEffect(() => {
    if (wanted.current === null) return;
    const field = box.current?.querySelector<HTMLInputElement>(`[data-line="${wanted.current}"] input`);
    if (!field) return;
    field.focus();
    wanted.current = null;
  });
  const press = (event: React.KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-line]');
    const id = row?.dataset['line'];
    if (!row || id === undefined || event.defaultPrevented) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      dispatch({ act: 'move_line', id, by: event.key === 'ArrowUp' ? -1 : 1 });
      return;
    }
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || target.tagName !== 'INPUT') return;
    event.preventDefault();
    const cells = [...row.querySelectorAll<HTMLInputElement>('input[data-cell]')].filter((cell) => cell.offsetParent !== null);
    const next = cells[cells.indexOf(target as HTMLInputElement) + 1];
    if (next) next.focus();
    else goOnAfter(id);
  };
  const goOnAfter = (id: string): void => {
    const section = sheet.sections.find((each) => each.lines.some((line) => line.id === id));
    const at = section?.lines.findIndex((line) => line.id === id) ?? -1;
    const following = section?.lines[at + 1];
    if (following) box.current?.querySelector<HTMLInputElement>(`[data-line="${following.id}"] input`)?.focus();
    else if (section) add(section.key);
  };
  const several = sheet.sections.length > 1 || sheet.sections[0]?.propertyId !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys travel up from the fields inside
    <div className="sheet-part" ref={box} onKeyDown={press}>
      {sheet.sections.map((section, index) => (
        <Section key={section.key} section={section} first={index === 0} titled={several} onAdd={() => add(section.key)} />
      ))}
      <AddProperty />
    </div>
  );
}

type SectionProps = { section: EditorSection; first: boolean; titled: boolean; onAdd: () => void };

function Section({ section, first, titled, onAdd }: SectionProps) {
  const { sheet } = useSheet();
  let before = 0;
  for (const each of sheet.sections) {
    if (each.key === section.key) break;
    before += each.lines.length;
  }
  return (
    <section className="lines" aria-label={titled ? 'Section' : 'Lines'}>
      {titled && <SectionBar section={section} />}
      {first && (
        <div className="lines-head" aria-hidden>
          <span>What</span>
          <span className="end">Quantity</span>
          <span>Unit</span>
          <span className="end">Price</span>
          <span className="end">Amount</span>
        </div>
      )}
      {section.lines.map((line, index) => (
        <LineRow key={line.id} line={line} section={section} at={before + index} />
      ))}
      <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} mt={6} onClick={onAdd}>
        Add line
      </Button>
    </section>
  );
}

/** One bill over several properties: each gets a section with its own subtotal. */
function AddProperty() {
  const { sheet, dispatch, properties } = useSheet();
  const used = new Set(sheet.sections.map((section) => section.propertyId));
  const free = properties.filter((property) => !used.has(property.id) && !property.archived);
  if (free.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconBuilding size={14} aria-hidden />} mt={6}>
          {used.size === 1 && used.has(null) ? 'For a property' : 'Add another property'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {free.map((property) => (
          <Menu.Item
            key={property.id}
            onClick={() => dispatch({ act: 'add_section', key: crypto.randomUUID(), propertyId: property.id, lineId: freshId('line') })}
          >
            {property.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
