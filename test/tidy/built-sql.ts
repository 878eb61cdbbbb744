import { posix } from 'node:path';
import { type ESTree, parseSync } from 'vite';
import type { SourceFile } from './sources.ts';

// biome-ignore lint/suspicious/noExplicitAny: a tree is walked by what its nodes are called
type Node = any;
type Bound = { node: Node; names: Names } | { of: Node; at: number; names: Names } | 'fixed' | null;
/** What names mean where a piece of code stands. */
type Names = { readonly up: Names | null; readonly own: Map<string, Bound>; readonly file: string };
export type Built = Readonly<{ path: string; line: number; text: string }>;

/** What becomes text of a statement as it is. All else of Kysely sends its values beside the text. */
const asText = new Set(['raw', 'ref', 'id', 'table', 'column', 'lit']);
const namesTables = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'orderBy', 'groupBy', 'distinctOn']);
/** The driver's own: each puts its argument between quotes that it cannot leave. */
const quoting = new Set(['escapeLiteral', 'escapeIdentifier']);
const beginnings =
  'select|insert\\s+into|update\\s+\\w+\\s+set|delete\\s+from|with\\s+\\w+\\s+as|copy|declare|fetch|truncate|alter|create|drop|grant|set\\s+local|listen';
const statement = new RegExp(`^\\s*(${beginnings}|${beginnings.replaceAll(/\b(?<!\\)[a-z]+/g, (word) => word.toUpperCase())})\\b`);
const mayHoldSql = /from '(kysely|pg)'|\.query\b|\b(select|insert into|update|delete from|copy|SELECT|INSERT|UPDATE|DELETE)\s/;
const wrappers = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'ParenthesizedExpression', 'ChainExpression', 'TSTypeAssertion']);

const bare = (node: Node): Node => (node && wrappers.has(node.type) ? bare(node.expression) : node);
const isFunction = (node: Node): boolean => /^(Arrow)?Function(Expression|Declaration)?/.test(node?.type ?? '');

/**
 * Text that becomes SQL and is not known from the source alone. Known is: a literal, a name bound once to what is known, a parameter whose type
 * lists its texts or whose every caller passes what is known, an entry of a table of known texts, and what a quoting function gives back.
 */
export function builtSql(files: readonly SourceFile[]): Built[] {
  const look = new Look(files);
  return files.filter(({ text }) => mayHoldSql.test(text)).flatMap((file) => look.through(file));
}

class Look {
  readonly #texts: Map<string, string>;
  readonly #programs = new Map<string, { body: ESTree.Program['body']; names: Names }>();
  readonly #calls = new Map<string, { name: string; args: Node[]; names: Names }[]>();
  readonly #asking = new Set<Node>();

  constructor(files: readonly SourceFile[]) {
    this.#texts = new Map(files.map(({ path, text }) => [path, text]));
  }

  through(file: SourceFile): Built[] {
    const found = new Map<number, Built>();
    const { body, names } = this.#program(file.path);
    const tell = (node: Node): void => {
      const line = file.text.slice(0, node.start).split('\n').length;
      found.set(node.start, { path: file.path, line, text: file.text.slice(node.start, node.end) });
    };
    walk(body, names, (node, here) => {
      for (const text of this.#becomesText(node, file)) if (!this.#fixed(text, here)) tell(text);
    });
    return [...found.values()];
  }

  /** The parts of a node that reach a server as the text of a statement. */
  #becomesText(node: Node, { path, text }: SourceFile): Node[] {
    if (node.type === 'TemplateLiteral' && statement.test(node.quasis[0].value.cooked ?? '')) return [node];
    if (node.type === 'BinaryExpression' && node.operator === '+' && statement.test(String(bare(node.left).value ?? ''))) return [node];
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed) return [];
    const { object, property } = node.callee;
    const [first] = node.arguments;
    if (first === undefined) return [];
    if (object.type === 'Identifier' && object.name === 'sql' && asText.has(property.name)) return [first];
    if (property.name === 'dynamic') return [node];
    if (property.name === 'query' && (path.startsWith('src/db/') || text.includes("from 'pg'"))) return [textOf(first)];
    if (namesTables.has(property.name) && object.name !== 'Map' && object.name !== 'Object')
      return node.arguments.filter((given: Node) => !isFunction(given)).map(bare);
    return [];
  }

  #fixed(given: Node, names: Names): boolean {
    const node = bare(given);
    switch (node?.type) {
      case undefined:
        return false;
      case 'Literal':
        return true;
      case 'TaggedTemplateExpression':
        return bare(node.tag).name === 'sql';
      case 'TemplateLiteral':
        return node.expressions.every((each: Node) => this.#fixed(each, names));
      case 'BinaryExpression':
        return this.#fixed(node.left, names) && this.#fixed(node.right, names);
      case 'ConditionalExpression':
        return this.#fixed(node.consequent, names) && this.#fixed(node.alternate, names);
      case 'LogicalExpression':
        return this.#fixed(node.left, names) && this.#fixed(node.right, names);
      case 'ArrayExpression':
        return node.elements.every((each: Node) => this.#fixed(each, names));
      case 'SpreadElement':
        return this.#fixed(node.argument, names);
      case 'ObjectExpression':
        return node.properties.every((each: Node) => each.type === 'Property' && this.#fixed(each.value, names));
      case 'MemberExpression':
        return this.#fixed(node.object, names);
      case 'Identifier':
        return this.#known(node.name, names);
      case 'CallExpression':
        return this.#fixedCall(node, names);
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        return this.#answersFixed(node, inside(node, names));
      default:
        return false;
    }
  }

  #fixedCall(node: Node, names: Names): boolean {
    const callee = bare(node.callee);
    const name: string = callee.type === 'MemberExpression' ? callee.property.name : callee.name;
    const args: Node[] = node.arguments;
    if (quoting.has(name)) return true;
    if (callee.type === 'MemberExpression' && callee.object.name === 'sql') return true;
    if (name === 'String' || (callee.object?.name === 'Object' && (name === 'keys' || name === 'values' || name === 'entries')))
      return this.#fixed(args[0], names);
    if (callee.type !== 'MemberExpression') return this.#known(name, names);
    if (name === 'map' || name === 'flatMap') {
      const [each] = args;
      if (each.type !== 'ArrowFunctionExpression') return this.#fixed(each, names);
      return this.#answersFixed(each, inside(each, names, this.#fixed(callee.object, names) ? 'fixed' : undefined));
    }
    if (name === 'join' || name === 'trim') return this.#fixed(callee.object, names) && args.every((each) => this.#fixed(each, names));
    if (['filter', 'slice'].includes(name)) return this.#fixed(callee.object, names);
    return false;
  }

  /** Of a function: whether the one thing it answers is known, whatever it is given. */
  #answersFixed(node: Node, names: Names): boolean {
    if (node.body.type !== 'BlockStatement') return this.#fixed(node.body, names);
    const [only] = node.body.body;
    return node.body.body.length === 1 && only.type === 'ReturnStatement' && this.#fixed(only.argument, names);
  }

  #known(name: string, names: Names | null): boolean {
    if (names === null) return false;
    const bound = names.own.get(name);
    if (bound === undefined) return this.#known(name, names.up);
    if (bound === null) return false;
    if (bound === 'fixed') return true;
    if ('of' in bound) return this.#knownParameter(bound.of, bound.at, bound.names);
    if (bound.node.type === 'ImportSpecifier') return this.#imported(bound.node, names.file);
    if (this.#asking.has(bound.node)) return true;
    this.#asking.add(bound.node);
    const answer = this.#fixed(bound.node, bound.names);
    this.#asking.delete(bound.node);
    return answer;
  }

  #imported(specifier: Node, from: string): boolean {
    const path = posix.normalize(posix.join(posix.dirname(from), specifier.source));
    return this.#texts.has(path) && this.#known(specifier.imported.name, this.#program(path).names);
  }

  /** A parameter is known by its type, or because nobody passes anything else. */
  #knownParameter(of: Node, at: number, names: Names): boolean {
    const parameter = of.params[at]?.type === 'AssignmentPattern' ? of.params[at].left : of.params[at];
    if (of.over !== undefined && at === 0) return this.#fixed(of.over, of.overNames);
    const type = parameter?.typeAnnotation?.typeAnnotation;
    if (type && this.#listed(type, names)) return true;
    const name = of.calledAs as string | undefined;
    if (name === undefined) return false;
    if (this.#asking.has(parameter)) return true;
    this.#asking.add(parameter);
    const calls = this.#callsOf(name, of.exported ? [...this.#texts.keys()] : [names.file]);
    const answer = calls.length > 0 && calls.every((call) => call.args[at] === undefined || this.#fixed(call.args[at], call.names));
    this.#asking.delete(parameter);
    return answer;
  }

  #listed(type: Node, names: Names): boolean {
    if (type.type === 'TSLiteralType') return true;
    if (type.type === 'TSUnionType') return type.types.every((each: Node) => this.#listed(each, names));
    if (type.type === 'TSNumberKeyword' || type.type === 'TSNullKeyword' || type.type === 'TSUndefinedKeyword') return true;
    if (type.type === 'TSTypeReference' && type.typeName.name === 'RawBuilder') return true;
    if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier') return this.#listedType(type.typeName.name, names.file);
    return false;
  }

  #listedType(name: string, path: string): boolean {
    for (const row of this.#program(path).body as Node[]) {
      const declared = row.declaration ?? row;
      if (declared.type === 'TSTypeAliasDeclaration' && declared.id.name === name) return this.#listed(declared.typeAnnotation, this.#program(path).names);
      const brought = row.type === 'ImportDeclaration' && row.specifiers.find((each: Node) => each.local.name === name);
      const from = posix.normalize(posix.join(posix.dirname(path), row.source?.value ?? ''));
      if (brought && this.#texts.has(from)) return this.#listedType(brought.imported.name, from);
    }
    return false;
  }

  #program(path: string): { body: ESTree.Program['body']; names: Names } {
    const known = this.#programs.get(path);
    if (known !== undefined) return known;
    const { program, errors } = parseSync(path, this.#texts.get(path) ?? '');
    if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
    const made = { body: program.body, names: { up: null, own: new Map<string, Bound>(), file: path } };
    bindAll(program.body, made.names);
    this.#programs.set(path, made);
    return made;
  }

  #callsOf(name: string, paths: readonly string[]): { args: Node[]; names: Names }[] {
    const calling = paths.filter((path) => this.#texts.get(path)?.includes(name));
    return calling.flatMap((path) => this.#callsIn(path)).filter((call) => call.name === name);
  }

  #callsIn(path: string): { name: string; args: Node[]; names: Names }[] {
    const known = this.#calls.get(path);
    if (known !== undefined) return known;
    const found: { name: string; args: Node[]; names: Names }[] = [];
    const { body, names } = this.#program(path);
    walk(body, names, (node, here) => {
      if (node.type === 'CallExpression' && bare(node.callee).type === 'Identifier')
        found.push({ name: bare(node.callee).name, args: node.arguments, names: here });
    });
    this.#calls.set(path, found);
    return found;
  }
}

const textOf = (given: Node): Node => {
  const node = bare(given);
  if (node.type !== 'ObjectExpression') return node;
  return node.properties.find((each: Node) => each.key?.name === 'text')?.value ?? node;
};

/** Binds what the statements of one block declare. */
function bindAll(body: Node[], names: Names): void {
  for (const row of body) {
    const declared = row.declaration ?? row;
    const exported = row !== declared;
    if (row.type === 'ImportDeclaration') bindImport(row, names);
    if (declared?.type === 'FunctionDeclaration') {
      Object.assign(declared, { calledAs: declared.id?.name, exported });
      names.own.set(declared.id?.name, { node: declared, names });
    }
    if (declared?.type === 'VariableDeclaration') for (const each of declared.declarations) bindVariable(each, declared.kind === 'const', exported, names);
  }
}

function bindImport(row: Node, names: Names): void {
  for (const each of row.specifiers)
    names.own.set(each.local.name, each.type === 'ImportSpecifier' ? { node: { ...each, source: row.source.value }, names } : null);
}

function bindVariable({ id, init }: Node, once: boolean, exported: boolean, names: Names): void {
  if (isFunction(bare(init))) Object.assign(bare(init), { calledAs: id.name, exported });
  if (id.type === 'Identifier') names.own.set(id.name, once && init ? { node: init, names } : null);
  else for (const name of namesIn(id)) names.own.set(name, null);
}

function namesIn(pattern: Node): string[] {
  if (pattern?.type === 'Identifier') return [pattern.name];
  if (pattern?.type === 'AssignmentPattern') return namesIn(pattern.left);
  if (pattern?.type === 'RestElement') return namesIn(pattern.argument);
  if (pattern?.type === 'ArrayPattern') return pattern.elements.flatMap(namesIn);
  return pattern?.type === 'ObjectPattern' ? pattern.properties.flatMap((each: Node) => namesIn(each.value ?? each)) : [];
}

/** The names inside a function; `as` 'fixed' where it is handed the entries of a known list. */
function inside(node: Node, up: Names, as?: 'fixed'): Names {
  const names: Names = { up, own: new Map(), file: up.file };
  node.params.forEach((given: Node, at: number) => {
    const parameter = given.type === 'AssignmentPattern' ? given.left : given;
    if (parameter.type === 'Identifier') names.own.set(parameter.name, as ?? { of: node, at, names });
    else for (const name of namesIn(parameter)) names.own.set(name, as ?? null);
  });
  return names;
}

function walk(given: Node, names: Names, visit: (node: Node, names: Names) => void): void {
  if (Array.isArray(given)) {
    for (const each of given) walk(each, names, visit);
    return;
  }
  if (given === null || typeof given !== 'object' || typeof given.type !== 'string') return;
  // What stands in the tag's own text is sent beside it.
  if (given.type === 'TaggedTemplateExpression' && bare(given.tag).name === 'sql') {
    walk(given.quasi.expressions, names, visit);
    return;
  }
  visit(given, names);
  if (given.type === 'CallExpression' && /^(map|flatMap)$/.test(given.callee.property?.name ?? '') && isFunction(given.arguments[0]))
    Object.assign(given.arguments[0], { over: given.callee.object, overNames: names });
  let here = names;
  if (isFunction(given)) here = inside(given, names);
  else if (given.type === 'BlockStatement') {
    here = { up: names, own: new Map(), file: names.file };
    bindAll(given.body, here);
  } else if (given.type === 'ForOfStatement' && given.left.type === 'VariableDeclaration') {
    here = { up: names, own: new Map(), file: names.file };
    const [{ id }] = given.left.declarations;
    for (const name of namesIn(id)) here.own.set(name, { node: given.right, names });
  }
  for (const [key, value] of Object.entries(given)) if (key !== 'type' && value !== null && typeof value === 'object') walk(value, here, visit);
}
