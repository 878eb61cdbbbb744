import type { z } from '@hono/zod-openapi';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { refusals, statusOf } from '../../core/refusal.ts';
import type { WebContext } from '../context.ts';
import { contentPolicy } from '../guards.ts';
import { fieldRows } from './docs-fields.ts';
import { docsStyle } from './docs-style.ts';
import { type Operation, scopes } from './schemas/operation.ts';
import { apiOperations } from './schemas/operations.ts';

const operations: readonly (readonly [string, Operation])[] = Object.entries(apiOperations);
const tags = [...new Set(operations.map(([, operation]) => operation.tag))];
const anchor = (tag: string): string => tag.toLowerCase().replace(/\W+/g, '-');

/** The whole API on one page, made from the same table that serves it. Nothing on it runs a script. */
export function docsPage(c: WebContext, appUrl: string): Response {
  const nonce = contentPolicy(c);
  c.header('Cache-Control', 'no-cache');
  return c.html(`<!doctype html>${renderToStaticMarkup(<Docs nonce={nonce} base={`${appUrl}/api/v1`} />)}`);
}

function Docs({ nonce, base }: Readonly<{ nonce: string; base: string }>) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Service Invoice Pro API</title>
        <style nonce={nonce}>{docsStyle}</style>
      </head>
      <body>
        <nav aria-label="Contents">
          <strong>Service Invoice Pro API</strong>
          <a href="#begin">Begin</a>
          {tags.map((tag) => (
            <a key={tag} href={`#${anchor(tag)}`}>
              {tag}
            </a>
          ))}
          <a href="#errors">Errors</a>
        </nav>
        <main>
          <Begin base={base} />
          {tags.map((tag) => (
            <section key={tag} id={anchor(tag)}>
              <h2>{tag}</h2>
              {operations
                .filter(([, operation]) => operation.tag === tag)
                .map(([id, operation]) => (
                  <OperationPart key={id} id={id} operation={operation} />
                ))}
            </section>
          ))}
          <Errors />
        </main>
      </body>
    </html>
  );
}

function Begin({ base }: Readonly<{ base: string }>) {
  return (
    <section id="begin">
      <h1>The API</h1>
      <p>
        Everything the office does goes through this API. Address: <code>{base}</code>. For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
      </p>
      <pre>{`curl ${base}/customers \\
  -H "Authorization: Bearer sip_…"`}</pre>
      <ul>
        <li>Make a key in the office under Settings, API keys. It is shown once, goes into the Authorization header and never into an address.</li>
        <li>Amounts are integers in minor units of their currency: $186.00 is 18600. Unit prices and quantities are thousandths; rates parts per million.</li>
        <li>Days are calendar days of the business (2026-12-04); moments are ISO 8601 in UTC.</li>
        <li>
          Every POST that writes takes an <code>Idempotency-Key</code>: the same key and body again is answered the same, once done. Operations whose answer
          holds a secret take none: a secret is never kept.
        </li>
        <li>
          What has a <code>version</code> is changed with <code>If-Match: "3"</code>. A stale one is answered 412.
        </li>
        <li>
          Lists are paged by cursor: pass <code>nextCursor</code> as <code>cursor</code>. Nothing is seen twice or missed while rows are added.
        </li>
        <li>Fields and parameters that do not exist are refused, so a misspelt one never goes unnoticed.</li>
        <li>Scopes of keys: {scopes.join(', ')}.</li>
      </ul>
    </section>
  );
}

function OperationPart({ id, operation }: Readonly<{ id: string; operation: Operation }>) {
  const { method, path, summary, description, params, query, body, upload, answer } = operation;
  return (
    <article id={id}>
      <h3>{summary}</h3>
      <p>
        <code className="call">
          <b>{method.toUpperCase()}</b> /api/v1{path}
        </code>
      </p>
      {description && <p>{description}</p>}
      <p className="quiet">{needs(operation)}</p>
      <Fields title="In the address" schema={params} />
      <Fields title="Query" schema={query} />
      <Fields title="Body" schema={body} />
      {upload && (
        <p>
          Body: {upload.types.join(', ')}; at most {upload.maxBytes.toLocaleString('en')} bytes.
        </p>
      )}
      <Answer status={operation.status} answer={answer} />
    </article>
  );
}

function needs({ access, method, keyless, ifMatch }: Operation): string {
  const who = {
    anyone: 'Anyone may call it.',
    session: 'For a signed-in person, not for keys.',
    fresh: 'For a signed-in person who confirmed with a code within ten minutes.',
  }[access as string];
  const headers = [...(method === 'post' && !keyless ? ['Idempotency-Key'] : []), ...(ifMatch ? ['If-Match'] : [])];
  return `${who ?? `Scope ${access}.`}${headers.length > 0 ? ` Headers: ${headers.join(', ')}.` : ''}`;
}

function Answer({ status, answer }: Pick<Operation, 'status' | 'answer'>) {
  if (answer === null) return <p>Answers {status}.</p>;
  if ('contentType' in answer) {
    return (
      <p>
        Answers {status} with <code>{answer.contentType}</code>. {answer.description}
      </p>
    );
  }
  return <Fields title={`Answers ${status}`} schema={answer} />;
}

function Fields({ title, schema }: Readonly<{ title: string; schema: z.ZodType | undefined }>): ReactNode {
  const rows = schema === undefined ? [] : fieldRows(schema);
  if (rows.length === 0) return null;
  return (
    <details open={title === 'Body'}>
      <summary>{title}</summary>
      <table>
        <tbody>
          {rows.map(({ name, type, note }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{type}</td>
              <td>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Errors() {
  return (
    <section id="errors">
      <h2>Errors</h2>
      <p>
        Every failure is <code>application/problem+json</code> (RFC 9457). Write programs against <code>code</code>; name the <code>requestId</code> when you
        write to us.
      </p>
      <table>
        <tbody>
          {Object.entries(refusals).map(([code, { kind, sentence }]) => (
            <tr key={code} id={code}>
              <th scope="row">{code}</th>
              <td>{statusOf[kind]}</td>
              <td>{sentence}</td>
            </tr>
          ))}
          <tr id="internal">
            <th scope="row">internal</th>
            <td>500</td>
            <td>Our fault. Nothing is lost; try again with the same Idempotency-Key.</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
