/** What an event may still say once the personal data in it was taken out: amounts, days, ids, numbers of papers and words of our own. */
const keptNames: ReadonlySet<string> = new Set([
  ...[
    'number',
    'method',
    'currency',
    'kind',
    'state',
    'act',
    'step',
    'outcome',
    'via',
    'why',
    'changed',
    'deposit',
    'failure',
    'gateway',
    'type',
    'mails',
    'rights',
    'role',
  ],
]);
const keptShapes: readonly RegExp[] = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  /^[a-z]{2,12}_[0-9a-z]{26}$/,
  /^[0-9a-f]{64}$/,
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/,
];

export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data };

/** The data of an event about an erased customer: every text goes that is not of a kind that names nobody. Shape and amounts stay. */
export function withoutPersonal(data: Data, name = ''): Data {
  if (typeof data === 'string') return keptNames.has(name) || keptShapes.some((shape) => shape.test(data)) ? data : '';
  if (Array.isArray(data)) return data.map((each: Data) => withoutPersonal(each, name));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, withoutPersonal(each, key)]));
}

/** Shorter words are looked for as a whole text only: they are part of too many others. */
const shortest = 5;

/** The same for an event about something else: where one of these words stands, it goes, in any case of letters. */
export function withoutWords(data: Data, words: readonly string[]): Data {
  if (typeof data === 'string') return words.reduce(withoutWord, data);
  if (Array.isArray(data)) return data.map((each: Data) => withoutWords(each, words));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, withoutWords(each, words)]));
}

function withoutWord(text: string, word: string): string {
  const [low, sought] = [text.toLowerCase(), word.toLowerCase()];
  if (low === sought) return '';
  if (sought.length < shortest || !low.includes(sought) || low.length !== text.length) return text;
  let [left, from] = ['', 0];
  for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, from)) {
    left += text.slice(from, at);
    from = at + sought.length;
  }
  return left + text.slice(from);
}
