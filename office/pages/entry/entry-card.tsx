import './entry.css';
import { useTitle } from '../../parts/page.tsx';

/** The door: one card on a quiet ground. */
export function EntryCard({ title, lead, children, foot }: { title: string; lead?: React.ReactNode; children?: React.ReactNode; foot?: React.ReactNode }) {
  useTitle(title);
  return (
    <main className="entry">
      <div className="entry-card">
        <p className="entry-brand">
          <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#1b5e4b" />
            <path d="M10 7h9.5L24 11.5V24l-2.3-1.5L19.3 24 17 22.5 14.7 24l-2.4-1.5L10 24z" fill="#fbfaf8" />
            <path d="M13.5 13h7M13.5 17h4.5" stroke="#1b5e4b" strokeWidth="1.8" strokeLinecap="round" />
          </svg>
          Service Invoice Pro
        </p>
        <h1>{title}</h1>
        {lead !== undefined && <p className="dim">{lead}</p>}
        {children}
      </div>
      {foot !== undefined && <p className="entry-foot dim">{foot}</p>}
    </main>
  );
}
