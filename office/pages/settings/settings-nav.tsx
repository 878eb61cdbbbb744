import { NativeSelect, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { groupOf, sectionFits, settingsGroups } from './section-index.ts';

/** `sought`: by what it is found, where its label is not enough. */
type Section = Readonly<{ key: string; label: string; sought?: string }>;

/** Bringing files in has a page of its own and is sought here. */
const importing: Section = { key: 'import', label: 'Import', sought: 'Import file customers invoices' };

const grouped = (sections: readonly Section[]) =>
  settingsGroups.map((group) => ({ group, rows: [...sections, importing].filter(({ key }) => groupOf(key) === group) })).filter(({ rows }) => rows.length > 0);

/** Opens a section, or the page it stands for. */
function useOpening(): (key: string) => void {
  const navigate = useNavigate();
  return (key) => void (key === importing.key ? navigate({ to: '/import' }) : navigate({ to: '/settings/$section', params: { section: key } }));
}

/** The sections in their groups, for a narrow screen as one list that opens. */
export function SettingsNav(of: { sections: readonly Section[]; at: string }) {
  return (
    <>
      <SettingsList {...of} />
      <SettingsPick {...of} />
    </>
  );
}

function SettingsPick({ sections, at }: { sections: readonly Section[]; at: string }) {
  const open = useOpening();
  const data = grouped(sections).map(({ group, rows }) => ({ group, items: rows.map(({ key, label }) => ({ value: key, label })) }));
  return (
    <NativeSelect
      className="settings-pick"
      aria-label="Part of the settings"
      size="md"
      data={data}
      value={at}
      onChange={(event) => open(event.currentTarget.value)}
    />
  );
}

/** What is typed leaves those it fits, and Enter opens the first. */
function SettingsList({ sections, at }: { sections: readonly Section[]; at: string }) {
  const [typed, setTyped] = useState('');
  const open = useOpening();
  const groups = grouped(sections)
    .map(({ group, rows }) => ({ group, rows: rows.filter(({ key, label, sought }) => sectionFits(key, sought ?? label, typed)) }))
    .filter(({ rows }) => rows.length > 0);
  const first = groups[0]?.rows[0];
  return (
    <nav className="settings-nav" aria-label="Settings">
      <TextInput
        size="xs"
        data-list-search
        aria-label="Search the settings"
        placeholder="Search"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped('');
          if (event.key === 'Enter' && first) open(first.key);
        }}
      />
      {groups.map(({ group, rows }) => (
        <div key={group} className="settings-group">
          <h2 id={`settings-${group}`}>{group}</h2>
          <ul aria-labelledby={`settings-${group}`}>
            {rows.map(({ key, label }) => (
              <li key={key}>
                <SectionLink section={key} at={at}>
                  {label}
                </SectionLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 && <p className="dim small">No setting fits.</p>}
    </nav>
  );
}

function SectionLink({ section, at, children }: { section: string; at: string; children: string }) {
  if (section === importing.key) {
    return (
      <Link to="/import" className="side-place">
        {children}
      </Link>
    );
  }
  return (
    <Link to="/settings/$section" params={{ section }} className="side-place" aria-current={section === at ? 'page' : undefined}>
      {children}
    </Link>
  );
}
