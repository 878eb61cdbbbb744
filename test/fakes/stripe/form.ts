/** What a form-encoded body holds: `metadata[a]=1`, `expand[]=x`, `line_items[0][quantity]=1`. */
export type Params = { [name: string]: string | Params | (string | Params)[] };

export function readForm(text: string): Params {
  const root: Params = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].map(([part]) => part);
    place(root, path, value);
  }
  return listsIn(root) as Params;
}

function place(root: Params, path: readonly string[], value: string): void {
  let at = root;
  for (const [index, part] of path.entries()) {
    const key = part === '[]' ? String(Object.keys(at).length) : part;
    if (index === path.length - 1) at[key] = value;
    else {
      at[key] ??= {};
      at = at[key] as Params;
    }
  }
}

/** Numbered fields are lists. */
function listsIn(value: Params | string): Params | string | (Params | string)[] {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listsIn(inner as Params | string)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) return entries.map(([, inner]) => inner as Params | string);
  return Object.fromEntries(entries) as Params;
}

export const textOf = (params: Params, name: string): string | null => (typeof params[name] === 'string' ? (params[name] as string) : null);
export const groupOf = (params: Params, name: string): Params =>
  typeof params[name] === 'object' && !Array.isArray(params[name]) ? (params[name] as Params) : {};
export const listOf = (params: Params, name: string): string[] =>
  Array.isArray(params[name]) ? (params[name] as unknown[]).filter((each) => typeof each === 'string') : [];
/** Text fields alone: what metadata is. */
export const notesOf = (params: Params): Record<string, string> =>
  Object.fromEntries(Object.entries(groupOf(params, 'metadata')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
