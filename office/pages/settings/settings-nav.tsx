import { NativeSelect, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { groupOf, sectionFits, settingsGroups } from './section-index.ts';

type Section = Readonly<{ key: string; label: string }>;

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
  const navigate = useNavigate();
  const rowsOf = (group: string) => sections.filter(({ key }) => groupOf(key) === group).map(({ key, label }) => ({ value: key, label }));
  const data = settingsGroups.map((group) => ({
    group,
    items: [...rowsOf(group), ...(group === 'Connections' ? [{ value: 'import', label: 'Import' }] : [])],
  }));
  return (
    <NativeSelect
      className="settings-pick"
      aria-label="Part of the settings"
      size="md"
      data={data}
      value={at}
      onChange={(event) => {
        const section = event.currentTarget.value;
        void (section === 'import' ? navigate({ to: '/import' }) : navigate({ to: '/settings/$section', params: { section } }));
      }}
    />
  );
}

/** What is typed leaves those it fits, and Enter opens the first. */
function SettingsList({ sections, at }: { sections: readonly Section[]; at: string }) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const fitting = sections.filter(({ key, label }) => sectionFits(key, label, typed));
  const groups = settingsGroups.map((group) => ({ group, rows: fitting.filter(({ key }) => groupOf(key) === group) })).filter(({ rows }) => rows.length > 0);
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
          if (event.key === 'Enter' && first) void navigate({ to: '/settings/$section', params: { section: first.key } });
        }}
      />
      {groups.map(({ group, rows }) => (
        <div key={group} className="settings-group">
          <h2 id={`settings-${group}`}>{group}</h2>
          <ul aria-labelledby={`settings-${group}`}>
            {rows.map(({ key, label }) => (
              <li key={key}>
                <Link to="/settings/$section" params={{ section: key }} className="side-place" aria-current={key === at ? 'page' : undefined}>
                  {label}
                </Link>
              </li>
            ))}
            {group === 'Connections' && sectionFits('import', 'Import file customers invoices', typed) && (
              <li>
                <Link to="/import" className="side-place">
                  Import
                </Link>
              </li>
            )}
          </ul>
        </div>
      ))}
      {groups.length === 0 && <p className="dim small">No setting fits.</p>}
    </nav>
  );
}
