import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';

/**
 * Reads JSON as the API accepts it: at most 1 MB, at most 20 levels, no name twice in one object and no `__proto__`. Refuses
 * `body_malformed` and `body_too_large`. What JSON.parse would silently drop or overwrite is told instead.
 */
export function readJson(text: string): unknown {
  if (text.length > limits.jsonBodyBytes) throw new Refusal('body_too_large');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('body_malformed', { why: 'not JSON' });
  }
  checkNames(text);
  return value;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gu;

/** Walks the tokens of JSON already known to be well formed. One pass, no recursion, so depth costs nothing before it is refused. */
function checkNames(text: string): void {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [piece] of text.matchAll(token)) {
    if (piece === '{' || piece === '[') {
      open.push(piece === '{' ? new Set() : null);
      if (open.length > limits.jsonDepth) throw new Refusal('body_malformed', { why: 'nested too deeply' });
    } else if (piece === '}' || piece === ']') {
      open.pop();
    } else if (piece === ':') {
      takeName(open.at(-1) ?? null, last);
    }
    last = piece;
  }
}

function takeName(names: Set<string> | null, quoted: string): void {
  const name = JSON.parse(quoted) as string;
  if (name === '__proto__' || names?.has(name)) throw new Refusal('body_malformed', { why: 'a name that may not be used, or is used twice' });
  names?.add(name);
}
