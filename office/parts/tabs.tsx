import { Link, type LinkProps } from '@tanstack/react-router';

export type TabDef = { key: string; label: string; count?: number | undefined; link: LinkProps };

/** Views of one list, each with its own address. */
export function Tabs({ label, tabs, at }: { label: string; tabs: readonly TabDef[]; at: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          className="tab"
          aria-current={tab.key === at ? 'page' : undefined}
          {...tab.link}
          activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
        >
          {tab.label}
          {tab.count !== undefined && <span className="tab-count">{tab.count.toLocaleString('en-US')}</span>}
        </Link>
      ))}
    </nav>
  );
}
