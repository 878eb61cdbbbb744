import { useEffect } from 'react';

/** The head of a page: where one is, and the one thing to do. It stays in view. */
export function Page({
  title,
  lead,
  actions,
  children,
  width = 'normal',
  heading,
}: {
  title: string;
  /** Shown in place of the plain title. */
  heading?: React.ReactNode;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
  width?: 'narrow' | 'normal' | 'wide';
}) {
  useTitle(title);
  return (
    <div className="page" data-width={width}>
      <header className="page-head">
        <div className="grow">
          {heading ?? <h1 className="clip">{title}</h1>}
          {lead !== undefined && <div className="page-lead dim small">{lead}</div>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Service Invoice Pro' : `${title} · Service Invoice Pro`;
  }, [title]);
}

/** A part of a page with its own small heading. */
export function Section({ title, actions, children, id }: { title: React.ReactNode; actions?: React.ReactNode; children: React.ReactNode; id?: string }) {
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div className="row">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
