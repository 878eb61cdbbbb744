import { Fragment, isValidElement, type ReactNode } from 'react';

/**
 * The HTML of a page that never comes alive in the browser, in one walk over its elements. Writes what React's own static markup
 * writes, without what React keeps ready for suspending and resuming: a third of the time. Components are plain functions of their
 * props: no hooks, no classes, no promises. Throws TypeError for anything else.
 */
export function staticMarkup(node: ReactNode): string {
  return markup(node, null);
}

/** `chosen`: the value of the select around it, whose option says so. */
function markup(node: ReactNode, chosen: string | null): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string') return escaped(node);
  if (typeof node === 'number' || typeof node === 'bigint') return String(node);
  if (Array.isArray(node)) return listMarkup(node, chosen);
  if (!isValidElement<Props>(node)) throw new TypeError('a page is made of elements, texts and lists of these');
  const { type, props } = node;
  if (typeof type === 'string') return elementMarkup(type, props, chosen);
  if (typeof type === 'function') return markup((type as (given: Props) => ReactNode)(props), chosen);
  if (type === Fragment) return markup(props.children, chosen);
  throw new TypeError('a page is made of plain components');
}

type Props = Readonly<Record<string, unknown>> & Readonly<{ children?: ReactNode; dangerouslySetInnerHTML?: { __html: string } }>;

function listMarkup(nodes: readonly ReactNode[], chosen: string | null): string {
  let html = '';
  for (const node of nodes) html += markup(node, chosen);
  return html;
}

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

function elementMarkup(tag: string, props: Props, chosen: string | null): string {
  let html = `<${tag}`;
  for (const name in props) if (name !== 'children' && props[name] !== undefined) html += attribute(name, props[name], tag);
  if (tag === 'option' && chosen !== null && chosen === props['value']) html += ' selected=""';
  if (empty.has(tag)) return `${html}/>`;
  return `${html}>${contentOf(tag, props, chosen)}</${tag}>`;
}

function contentOf(tag: string, props: Props, chosen: string | null): string {
  if (props.dangerouslySetInnerHTML) return props.dangerouslySetInnerHTML.__html;
  if (tag === 'select') return markup(props.children, String(props['defaultValue'] ?? ''));
  if (tag !== 'textarea') return markup(props.children, chosen);
  const text = String(props['defaultValue'] ?? '');
  // A parser drops the first line break of a text area.
  return (text.startsWith('\n') ? '\n' : '') + escaped(text);
}

/** Attributes whose HTML name is another. */
const named: Readonly<Record<string, string>> = {
  className: 'class',
  htmlFor: 'for',
  httpEquiv: 'http-equiv',
  charSet: 'charset',
  tabIndex: 'tabindex',
  defaultValue: 'value',
  defaultChecked: 'checked',
};
/** Said by being there. */
const bare = new Set(['required', 'checked', 'defaultChecked', 'disabled', 'readOnly', 'hidden', 'open', 'multiple', 'noValidate']);
const ownValue = new Set(['select', 'textarea']);

function attribute(name: string, value: unknown, tag: string): string {
  if (value === null || name === 'dangerouslySetInnerHTML') return '';
  if (name === 'defaultValue' && ownValue.has(tag)) return '';
  const written = named[name] ?? name;
  if (bare.has(name)) return value ? ` ${written}=""` : '';
  if (typeof value === 'string') return ` ${written}="${escaped(value)}"`;
  if (typeof value === 'number' || typeof value === 'bigint') return ` ${written}="${value}"`;
  if (typeof value === 'boolean') return /^(aria|data)-/.test(name) ? ` ${written}="${value}"` : '';
  throw new TypeError(`${name} of <${tag}> is no text`);
}

const risky = /["'&<>]/;
const entities: Readonly<Record<string, string>> = { '"': '&quot;', "'": '&#x27;', '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return risky.test(text) ? text.replace(/["'&<>]/g, (sign) => entities[sign] ?? '') : text;
}
