import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../../core/locale.ts';
import { words } from '../../core/words/words.ts';
import { href } from '../../routes.ts';

type Wrong = Readonly<{ status: number; locale: Locale; requestId: string; nonce: string /** The business it happened at. */; slug: string | null }>;

/** The plain page for what went wrong: says so in the reader's language, gives the request id and the way back, and nothing of the inside. */
export function errorPage({ status, locale, requestId, nonce, slug }: Wrong): string {
  const { title, text } = saying(status, words(locale).errors);
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style nonce={nonce}>{css}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {text && <p>{text}</p>}
          {slug && (
            <p>
              <a href={href('frontDoor', { business: slug })}>{words(locale).home.title}</a>
            </p>
          )}
          <p className="id">{requestId}</p>
        </main>
      </body>
    </html>,
  )}`;
}

function saying(status: number, says: ReturnType<typeof words>['errors']): { title: string; text: string } {
  if (status === 429) return { title: says.tooManyTitle, text: says.tooMany };
  if (status === 503) return { title: says.busyTitle, text: says.busy };
  if (status >= 500) return { title: says.crashTitle, text: says.crash };
  if (status === 404 || status === 410) return { title: says.notFoundTitle, text: says.notFound };
  return { title: says.formTitle, text: '' };
}

const css = `:root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif}main{max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;margin:0 0 .5rem}a{color:inherit}.id{opacity:.6;font-size:.8125rem;font-variant-numeric:tabular-nums}`;
