import { createHash } from 'node:crypto';
import { renderToStaticMarkup } from 'react-dom/server';
import { businesses } from '../../domain/demo/cast.ts';

/** Which side of the demo a page shows. */
export type Side = 'customer' | 'manager' | 'office' | 'crew' | 'mailbox' | 'guide';

const sheet = `.demobar{display:flex;gap:.25rem;align-items:center;height:2.25rem;padding:0 .75rem;background:#23262a;color:#fff;font:500 .8125rem/1 system-ui,sans-serif;overflow-x:auto;white-space:nowrap;scrollbar-width:none}
.demobar::-webkit-scrollbar{display:none}
.demobar b{margin-right:.5rem;font-weight:650;letter-spacing:.02em;color:#ffd58a}
.demobar form{display:contents}
.demobar a,.demobar button{all:unset;box-sizing:border-box;display:inline-flex;align-items:center;height:2.25rem;padding:0 .625rem;color:#fff;cursor:pointer;font:inherit}
.demobar a:hover,.demobar button:hover{background:#3a3f45}
.demobar :focus-visible{outline:2px solid #ffd58a;outline-offset:-3px}
.demobar [aria-current]{box-shadow:inset 0 -3px #ffd58a}
.demobar .last{margin-left:auto}
@media(max-width:30rem){.demobar{padding:0;gap:0;justify-content:space-between}.demobar b{display:none}.demobar a,.demobar button{padding:0 .25rem}}
@media print{.demobar{display:none}}`;
/** The office's frame measures itself by the window; the bar takes its part of it. */
const officeSheet = '.shell{min-height:calc(100vh - 2.25rem)}.shell-side{height:calc(100vh - 2.25rem)}';

export const barStyleHash = createHash('sha256').update(sheet).digest('base64');
const slugs: ReadonlySet<string> = new Set(businesses.map(({ slug }) => slug));

/** Whether this is the address of one of the invented businesses. */
export function isDemoSlug(slug: string | undefined): boolean {
  return slug !== undefined && slugs.has(slug);
}

/** The page with the bar on top. Allowed by `nonce`, else by `barStyleHash` in the page's policy. */
export function withDemoBar(html: string, side: Side, nonce?: string): string {
  const bar = `<style${nonce === undefined ? '' : ` nonce="${nonce}"`}>${sheet}${side === 'office' || side === 'crew' ? officeSheet : ''}</style>${renderToStaticMarkup(<Bar side={side} />)}`;
  // After the skip link where a page has one, so that the first Tab still skips.
  const at = html.search(/<header|<main|<div id="root"/);
  return at < 0 ? html : html.slice(0, at) + bar + html.slice(at);
}

function Bar({ side }: Readonly<{ side: Side }>) {
  const here = (each: Side) => (each === side ? ({ 'aria-current': 'page' } as const) : {});
  return (
    <aside className="demobar" lang="en" aria-label="Demo">
      <b>Demo</b>
      <a href="/demo/customer" {...here('customer')}>
        Customer
      </a>
      <form method="post" action="/demo/sign-in">
        <button type="submit" name="as" value="dana" {...here('manager')}>
          Property manager
        </button>
      </form>
      <form method="post" action="/demo/sign-in">
        <button type="submit" name="as" value="theo" {...here('office')}>
          Office
        </button>
      </form>
      <form method="post" action="/demo/sign-in">
        <button type="submit" name="as" value="luz" {...here('crew')}>
          Crew
        </button>
      </form>
      <a href="/demo/mailbox" {...here('mailbox')}>
        Mailbox
      </a>
      <a className="last" href="/demo" {...here('guide')}>
        Guide
      </a>
    </aside>
  );
}
