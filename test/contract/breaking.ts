/** Two documents of the API are compared: what a program written against the first would trip over in the second. */
// biome-ignore lint/suspicious/noExplicitAny: a document is walked by what its parts are called
type Part = any;
/** `asked`: what a caller sends, which may never become less. `answered`: what a caller reads, which may never become other. */
type Way = 'asked' | 'answered';
type Side = Readonly<{ document: Part; schema: Part }>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

/** In words, one line each; nothing when every program goes on working. New operations, fields and words are no break. */
export function breaking(before: Part, after: Part): string[] {
  return Object.entries<Part>(before.paths).flatMap(([path, told]) =>
    methods
      .filter((method) => told[method] !== undefined)
      .flatMap((method) => {
        const [old, now] = [told[method], after.paths[path]?.[method]];
        const name = `${method.toUpperCase()} ${path}`;
        if (now === undefined) return [`${name} is gone`];
        return operation(old, now, before, after).map((what) => `${name}: ${what}`);
      }),
  );
}

function operation(old: Part, now: Part, before: Part, after: Part): string[] {
  const renamed = old.operationId === now.operationId ? [] : [`is called ${now.operationId} instead of ${old.operationId}`];
  return [
    ...renamed,
    ...doors(old.security ?? [], now.security ?? []),
    ...parameters(old.parameters ?? [], now.parameters ?? [], before, after),
    ...bodies(old.requestBody, now.requestBody, before, after),
    ...Object.entries<Part>(old.responses).flatMap(([status, told]) => answers(status, told, now.responses[status], before, after)),
  ];
}

function doors(old: Part[], now: Part[]): string[] {
  if (old.length === 0 && now.length > 0) return ['is no longer open to anybody'];
  const open = new Set(now.map((each) => JSON.stringify(each)));
  return old
    .map((each) => JSON.stringify(each))
    .filter((each) => !open.has(each))
    .map((each) => `no longer lets in ${each}`);
}

function answers(status: string, old: Part, now: Part, before: Part, after: Part): string[] {
  if (now === undefined) return [`no longer answers ${status}`];
  const lost = Object.keys(old.headers ?? {}).filter((header) => now.headers?.[header] === undefined);
  return [...lost.map((header) => `${status} has no ${header}`), ...contents(old.content ?? {}, now.content ?? {}, 'answered', before, after, status)];
}

function parameters(old: Part[], now: Part[], before: Part, after: Part): string[] {
  const key = (each: Part): string => `${each.in} ${each.name}`;
  const found: string[] = [];
  for (const each of old) {
    const same = now.find((other) => key(other) === key(each));
    if (same === undefined) found.push(`does not take ${key(each)} any more`);
    else {
      if (same.required && !each.required) found.push(`${key(each)} is required now`);
      found.push(...compare({ document: before, schema: each.schema }, { document: after, schema: same.schema }, 'asked', key(each)));
    }
  }
  for (const each of now) if (each.required && !old.some((other) => key(other) === key(each))) found.push(`wants ${key(each)}, which is new`);
  return found;
}

function bodies(old: Part, now: Part, before: Part, after: Part): string[] {
  if (old === undefined) return now?.required ? ['wants a body now'] : [];
  if (now === undefined) return ['does not take a body any more'];
  const found = now.required && !old.required ? ['wants a body now'] : [];
  return [...found, ...contents(old.content, now.content, 'asked', before, after, 'body')];
}

function contents(old: Part, now: Part, way: Way, before: Part, after: Part, where: string): string[] {
  return Object.entries<Part>(old).flatMap(([type, { schema }]) => {
    if (now[type] === undefined) return [`${where} is no longer ${type}`];
    return compare({ document: before, schema }, { document: after, schema: now[type].schema }, way, where);
  });
}

/** What a schema comes down to: its alternatives, each of one type. */
function alternatives({ document, schema }: Side): Side[] {
  if (typeof schema?.$ref === 'string') return alternatives({ document, schema: document.components.schemas[last(String(schema.$ref).split('/')) ?? ''] });
  const several = schema?.anyOf ?? schema?.oneOf;
  if (several !== undefined) return several.flatMap((each: Part) => alternatives({ document, schema: each }));
  if (Array.isArray(schema?.type)) return schema.type.map((type: string) => ({ document, schema: { ...schema, type } }));
  if (Array.isArray(schema?.allOf) && schema.allOf.length === 1) return alternatives({ document, schema: schema.allOf[0] });
  return [{ document, schema: schema ?? {} }];
}

const kindOf = ({ schema }: Side): string => schema.type ?? (schema.enum !== undefined || schema.const !== undefined ? 'string' : 'anything');
const walking = new Set<string>();

function compare(old: Side, now: Side, way: Way, where: string): string[] {
  const pair = `${old.schema?.$ref ?? ''} ${now.schema?.$ref ?? ''} ${way}`;
  if (pair.includes('#') && walking.has(pair)) return [];
  walking.add(pair);
  try {
    return between(alternatives(old), alternatives(now), way, where);
  } finally {
    walking.delete(pair);
  }
}

function between(old: readonly Side[], now: readonly Side[], way: Way, where: string): string[] {
  // Whatever was sent must still be taken; whatever is answered must be something that was told of.
  const [must, may] = way === 'asked' ? [old, now] : [now, old];
  const widened = must.flatMap((each) => {
    const fitting = may.filter(
      (other) => kindOf(other) === kindOf(each) || kindOf(other) === 'anything' || (kindOf(other) === 'number' && kindOf(each) === 'integer'),
    );
    if (fitting.length === 0) return [`${where} ${way === 'asked' ? 'is no longer taken as' : 'may be'} ${kindOf(each)}`];
    const tries = fitting.map((other) => (way === 'asked' ? one(each, other, way, where) : one(other, each, way, where)));
    return tries.find((found) => found.length === 0) ?? tries.sort((a, b) => a.length - b.length)[0] ?? [];
  });
  return [...new Set(widened)];
}

function one(old: Side, now: Side, way: Way, where: string): string[] {
  const [was, is] = [old.schema, now.schema];
  const found = [...words(was, is, where), ...(way === 'asked' ? bounds(was, is, where) : [])];
  if ((was.format ?? '') !== (is.format ?? '') && (way === 'answered' || is.format !== undefined))
    found.push(`${where} has the format ${is.format} instead of ${was.format}`);
  if (was.items !== undefined && is.items !== undefined) found.push(...compare({ ...old, schema: was.items }, { ...now, schema: is.items }, way, `${where}[]`));
  return [...found, ...fields(old, now, way, where)];
}

function words(was: Part, is: Part, where: string): string[] {
  const [before, after] = [was, is].map((each) => (each.const === undefined ? (each.enum as unknown[] | undefined) : [each.const]));
  if (before === undefined) return after === undefined ? [] : [`${where} is only ${after.join(', ')} now`];
  if (after === undefined) return [];
  return before.filter((each) => !after.includes(each)).map((each) => `${where} is never ${String(each)} any more`);
}

function bounds(was: Part, is: Part, where: string): string[] {
  const lower = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].filter((key) => (is[key] ?? Infinity) < (was[key] ?? Infinity));
  const higher = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'].filter((key) => (is[key] ?? -Infinity) > (was[key] ?? -Infinity));
  const pattern = is.pattern !== undefined && is.pattern !== was.pattern ? ['pattern'] : [];
  return [...lower, ...higher, ...pattern].map((key) => `${where} has a narrower ${key}`);
}

function fields(old: Side, now: Side, way: Way, where: string): string[] {
  const [before, after] = [old.schema.properties ?? {}, now.schema.properties ?? {}] as [Record<string, Part>, Record<string, Part>];
  const [had, has] = [new Set<string>(old.schema.required ?? []), new Set<string>(now.schema.required ?? [])];
  const found = Object.entries(before).flatMap(([name, schema]) => {
    if (after[name] === undefined) return [`${where}.${name} is gone`];
    const turned = way === 'asked' ? has.has(name) && !had.has(name) : had.has(name) && !has.has(name);
    const told = turned ? [`${where}.${name} is ${way === 'asked' ? 'required now' : 'not always there any more'}`] : [];
    return [...told, ...compare({ ...old, schema }, { ...now, schema: after[name] }, way, `${where}.${name}`)];
  });
  const fresh = way === 'asked' ? [...has].filter((name) => before[name] === undefined).map((name) => `${where}.${name} is new and required`) : [];
  return [...found, ...fresh];
}
