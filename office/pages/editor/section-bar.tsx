import { ActionIcon, Select } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useMoney } from '../../parts/money.tsx';
import { toast } from '../../parts/toast.ts';
import type { EditorSection } from './draft-state.ts';
import { useSheet } from './editor-context.ts';

/** Which property a section is for, and what it comes to. */
export function SectionBar({ section }: { section: EditorSection }) {
  const { sheet, dispatch, properties, live, currency } = useSheet();
  const money = useMoney();
  const part = live.totals?.parts.find((each) => each.part === section.propertyId);
  const elsewhere = new Set(sheet.sections.filter((each) => each.key !== section.key).map((each) => each.propertyId));
  const data = [{ value: 'none', label: 'Not tied to a property' }, ...properties.map((property) => ({ value: property.id, label: property.title }))].filter(
    ({ value }) => !elsewhere.has(value === 'none' ? null : value),
  );
  const remove = (): void => {
    const before = sheet.sections;
    dispatch({ act: 'remove_section', section: section.key });
    toast('Section removed', { undo: () => dispatch({ act: 'put_sections', sections: before }) });
  };
  return (
    <div className="section-bar">
      <Select
        className="grow"
        aria-label="Property"
        data={data}
        value={section.propertyId ?? 'none'}
        searchable
        allowDeselect={false}
        size="xs"
        maw={360}
        onChange={(value) => dispatch({ act: 'set_property', section: section.key, propertyId: value === 'none' ? null : value })}
      />
      <span className="grow" />
      {part && <span className="num small dim">{money(Number(part.totalMinor), currency)}</span>}
      {sheet.sections.length > 1 && (
        <ActionIcon size="sm" aria-label="Remove section" onClick={remove}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
