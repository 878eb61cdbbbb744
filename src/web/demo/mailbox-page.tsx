import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ListedMail } from '../../domain/mails/mails.ts';

export type MailboxRow = ListedMail & Readonly<{ business: string; path: string }>;
export type ShownMail = Readonly<{
  to_name: string;
  to_address: string;
  created_at: string;
  state: string;
  subject: string;
  text: string;
  /** The document link it carries; null: none. */
  link: string | null;
  path: string;
  scanned: boolean;
}>;

const style = `
:root{color-scheme:light dark;--ink:#1c2321;--quiet:#5b6663;--line:#dfe4e2;--paper:#fff;--accent:#1f5f4a;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebe9;--quiet:#a3aeaa;--line:#33403b;--paper:#141917;--accent:#7fd1b3;--on:#10201a}}
*{box-sizing:border-box}main{margin:0 auto;max-width:60rem;padding:1.25rem}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--accent)}h1{font-size:1.5rem;margin:.5rem 0}p{margin:.5rem 0}.quiet{color:var(--quiet);font-size:.9rem}
ul{list-style:none;margin:1rem 0;padding:0}li a{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.75rem 0;border-bottom:1px solid var(--line);text-decoration:none;color:inherit}
li b{font-weight:600;overflow-wrap:anywhere}li span:nth-child(n+3){color:var(--quiet);font-size:.9rem}
iframe{width:100%;height:44rem;border:1px solid var(--line);border-radius:8px;background:#fff}
.acts{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1rem 0}
.main,button{font:inherit;padding:.6rem 1rem;border-radius:8px;border:1px solid var(--accent);cursor:pointer;text-decoration:none}
.main{background:var(--accent);color:var(--on)}button{background:none;color:var(--accent)}
[role=status]{padding:.75rem 1rem;border:1px solid var(--line);border-radius:8px}
`;

function Frame({ nonce, title, children }: Readonly<{ nonce: string; title: string; children: ReactNode }>) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style nonce={nonce}>{style}</style>
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}

const page = (node: ReactNode): string => `<!doctype html>${renderToStaticMarkup(node)}`;
const moment = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** What the invented people of the demo find in their mail. */
export function mailboxPage(nonce: string, rows: readonly MailboxRow[]): string {
  return page(
    <Frame nonce={nonce} title="Mailbox (demo)">
      <h1>Mailbox</h1>
      <p className="quiet">Every mail the demo sent. None of it left this machine.</p>
      {rows.length === 0 && <p>Nothing yet. Send an invoice from the office, and it appears here.</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.path}>
            <a href={row.path}>
              <b>{row.subject || row.kind.replaceAll('_', ' ')}</b>
              <span>{moment(row.created_at)}</span>
              <span>
                To {row.to_name} ({row.to_address})
              </span>
              <span>{row.state === 'bounced' ? 'came back' : row.business}</span>
            </a>
          </li>
        ))}
      </ul>
    </Frame>,
  );
}

/** One mail, as it arrived. */
export function mailPage(nonce: string, mail: ShownMail): string {
  return page(
    <Frame nonce={nonce} title={`${mail.subject} (demo)`}>
      <p>
        <a href="/demo/mailbox">Mailbox</a>
      </p>
      <h1>{mail.subject}</h1>
      <p className="quiet">
        To {mail.to_name} ({mail.to_address}) · {moment(mail.created_at)}
        {mail.state === 'bounced' ? ' · came back' : ''}
      </p>
      {mail.scanned && <p role="status">The scanner asked for the link twelve times. It still works, and the office does not count it as opened.</p>}
      <div className="acts">
        {mail.link !== null && (
          <a className="main" href={mail.link}>
            Open the link
          </a>
        )}
        {mail.link !== null && (
          <form method="post" action={`${mail.path}/scan`}>
            <button type="submit">Send a mail scanner</button>
          </form>
        )}
      </div>
      <iframe title="The mail" src={`${mail.path}/html`} />
      <details>
        <summary>As plain text</summary>
        <pre>{mail.text}</pre>
      </details>
    </Frame>,
  );
}
