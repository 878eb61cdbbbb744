import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import fc from '../../../test/chance.ts';
import { words } from '../../core/words/words.ts';
import { Field, FormAlert } from './form.tsx';
import { Icon } from './icon.tsx';
import { staticMarkup } from './static-markup.ts';

/** React writes some attributes of a field last; their order says nothing. */
const inOrder = (html: string): string =>
  html.replace(
    /<(\w[\w-]*)((?: [\w-]+="[^"]*")+)/g,
    (_, tag: string, attributes: string) => `<${tag} ${(attributes.match(/[\w-]+="[^"]*"/g) ?? []).toSorted().join(' ')}`,
  );
const same = (node: ReactNode): void => expect(inOrder(staticMarkup(node))).toBe(inOrder(renderToStaticMarkup(node)));

function Row({ label, children }: Readonly<{ label: string; children?: ReactNode }>) {
  return (
    <div className="row" data-live={label} aria-hidden={false} hidden={false}>
      {label}: {children}
    </div>
  );
}

describe('static markup is what React writes', () => {
  test('of elements, components, lists and nothing', () => {
    same(
      <main id="main" className={undefined} lang="es" tabIndex={-1}>
        {null}
        {false}
        {0}
        {12n}
        {['a', <b key="b">b</b>, ['c']]}

        <Row label="Total">
          <Icon name="check" />
          <br />
          <time dateTime="2026-11-23">Nov 23</time>
        </Row>
        <share-row data-pdf="/x?a=1&b=2" data-name={'"quoted"'} />
        <ol>
          <li value={3}>three</li>
        </ol>
      </main>,
    );
  });

  test('of forms, with what was filled in', () => {
    const w = words('en');
    const problem = { code: 'required', field: 'note' } as const;
    same(
      <form method="post" action="/a?b=1&c" noValidate>
        <FormAlert w={w} problem={problem} />
        <Field label="Name" name="name" value={`O'Neil & "Sons" <Ltd>`} required maxLength={100} autoComplete="name" />
        <Field label="Note" name="note" rows={3} value={'\nfirst\n<b>'} problem={problem} hint="Few words" />
        <input type="checkbox" name="all" defaultChecked disabled={false} readOnly />
        <input type="radio" name="one" value="1" defaultChecked={false} />
        <label htmlFor="language">Language</label>
        <select id="language" name="language" defaultValue="es">
          {['en', 'es'].map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <button type="submit" disabled>
          Send
        </button>
      </form>,
    );
  });

  test('whatever a text or an attribute holds', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(anything, anything, (text, value) => {
        same(
          <p title={value} data-of={value}>
            {text} <small>{value}</small>
          </p>,
        );
      }),
    );
  });

  test('and refuses what would not be plain', () => {
    const later = (async () => 'x') as unknown as () => string;
    const Later = later as unknown as () => ReactNode;
    expect(() => staticMarkup(<Later />)).toThrow(TypeError);
    expect(() => staticMarkup(<p style={{ color: 'red' }} />)).toThrow('style of <p> is no text');
    expect(() => staticMarkup(<a href={(() => 'x') as unknown as string}>x</a>)).toThrow(TypeError);
  });
});
