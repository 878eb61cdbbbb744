import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionsOf, importsOf, type SourceFile, withoutComments } from './tidy/sources.ts';

const root = new URL('..', import.meta.url);
const files: SourceFile[] = ['src', 'office', 'test', 'bench', 'bin']
  .filter((folder) => existsSync(new URL(folder, root)))
  .flatMap((folder) => filesBelow(`${folder}/`))
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !/tables\.ts$|office\/api\/types\.ts$|generated|\/dist\//.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
const product = files.filter(({ path }) => /^(src|office)\//.test(path) && !isTest(path));

function filesBelow(folder: string): string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true, recursive: false }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    return entry.isDirectory() ? filesBelow(`${folder}${entry.name}/`) : [`${folder}${entry.name}`];
  });
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('bench/');
}

const lines = (text: string): number => text.split('\n').length - 1;

describe('size', () => {
  test('no file is longer than 300 lines', () => {
    const long = files.filter(({ path, text }) => lines(text) > 300 && !/words\/|catalogue|\.test\.tsx?$/.test(path));
    expect(long.map(({ path, text }) => `${path}: ${lines(text)}`)).toEqual([]);
  });

  test('no function is longer than 70 lines, no handler of the web longer than 25', () => {
    const long = product.flatMap((file) =>
      functionsOf(file)
        .filter((found) => found.lines > (found.handler ? 25 : 70))
        .map((found) => `${file.path}:${found.line} ${found.name} has ${found.lines} lines`),
    );
    expect(long).toEqual([]);
  });
});

describe('names', () => {
  test('files are kebab-case, and none is called after what it is instead of what it does', () => {
    const odd = files.filter(({ path }) => {
      const parts = path.split('/').map((part) => part.replace(/\.(test|d)?\.?(tsx?|mjs)$/, ''));
      return parts.some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.config)?$/.test(part) || /^(utils?|helpers?|services?|managers?|common|misc|index)$/.test(part));
    });
    const allowed = /^src\/core\/words\/[a-z]+\/common\.ts$|^office\/.*main\.tsx$/;
    expect(odd.map((file) => file.path).filter((path) => !allowed.test(path))).toEqual([]);
  });

  test('no file only passes on what others export, but for the face of a noun', () => {
    const face = /^src\/domain\/([^/]+)\/\1\.ts$/;
    const barrels = product.filter(({ path, text }) => {
      const rest = withoutComments(text).replace(/export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s+'[^']*';?/g, '');
      return rest !== withoutComments(text) && rest.trim() === '' && !face.test(path);
    });
    expect(barrels.map((file) => file.path)).toEqual([]);
  });
});

type Ban = Readonly<{ what: RegExp; instead: string; where: (path: string) => boolean }>;
const bans: readonly Ban[] = [
  { what: /\bparseFloat\b|\.toFixed\(|\bMath\.round\b/, instead: 'core/money rounds and formats', where: (path) => !/^src\/core\/(money|contrast)/.test(path) },
  {
    what: /\bnew Date\(\)|\bDate\.now\(/,
    instead: 'scope.now, or a clock handed in',
    where: (path) => path.startsWith('src/'),
  },
  { what: /\bprocess\.env\b/, instead: 'config.ts', where: (path) => path.startsWith('src/') && path !== 'src/config.ts' },
  { what: /\bconsole\./, instead: 'src/log.ts', where: (path) => path.startsWith('src/') },
  { what: /\bset_config\b/, instead: 'enter_scope', where: () => true },
  { what: /:\s*any\b|\bas any\b|<any>/, instead: 'unknown, or the real type', where: () => true },
  { what: /@ts-(ignore|nocheck|expect-error)/, instead: 'a type that is true', where: () => true },
  {
    what: /\bMath\.random\(/,
    instead: 'node:crypto for secrets, db/fresh.ts for ids (pauses between tries may be random)',
    where: (path) => path.startsWith('src/') && !/^src\/(db\/scope|outside\/cards\/(sandbox-gateway|stripe\/client))\.ts$/.test(path),
  },
  { what: /\b(TODO|FIXME|XXX)\b/, instead: 'doing it, or leaving it out', where: () => true },
  { what: /["'`]\/(home|Users|work|root|tmp)\//, instead: 'a path from import.meta.url, config or tmpdir()', where: () => true },
];

describe('bans', () => {
  test.each(bans.map((ban) => [String(ban.what), ban] as const))('%s is used nowhere outside its home', (_, ban) => {
    const found = product
      .filter(({ path }) => ban.where(path))
      .flatMap(({ path, text }) =>
        withoutComments(text, /@ts-|TODO/.test(String(ban.what)))
          .split('\n')
          .flatMap((line, index) => (ban.what.test(line) ? [`${path}:${index + 1} → ${ban.instead}`] : [])),
      );
    expect(found).toEqual([]);
  });

  test('no test is skipped or alone', () => {
    const found = files.filter(
      ({ path, text }) => isTest(path) && /\b(test|it|describe)\.(skip|only|todo)\b/.test(withoutComments(text)) && path !== 'test/tidy.test.ts',
    );
    expect(found.map((file) => file.path)).toEqual([]);
  });
});

describe('chance', () => {
  test('is asked in one place, where its seed is fixed', () => {
    const others = files.filter(({ path, text }) => path !== 'test/chance.ts' && /(from|import)\s*\(?'fast-check'/.test(withoutComments(text)));
    expect(others.map((file) => file.path)).toEqual([]);
  });
});

/** Folder → folders it may import from. `types` may be imported with `import type` only. */
const mayImport: Readonly<Record<string, { folders: readonly string[]; types: readonly string[] }>> = {
  core: { folders: ['core'], types: [] },
  db: { folders: ['core', 'db'], types: [] },
  outside: { folders: ['core', 'outside'], types: [] },
  domain: { folders: ['core', 'db', 'domain'], types: ['outgoing'] },
  outgoing: { folders: ['core', 'outgoing'], types: ['domain'] },
  tasks: { folders: ['core', 'db', 'domain', 'outgoing', 'tasks'], types: [] },
  web: { folders: ['core', 'db', 'domain', 'outgoing', 'web'], types: [] },
};
const anywhere = new Set(['config.ts', 'log.ts', 'metrics.ts', 'routes.ts']);
/** Nouns in their order: each may use those of its own line and before. */
const nounRanks: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['acts', 'search', 'events', 'files', 'businesses', 'people'],
    ['customers', 'items'],
    ['ledger', 'mails', 'senders', 'questions'],
    ['invoices'],
    ['estimates'],
    ['approvals'],
    ['jobs'],
    ['links'],
    ['payments'],
    ['charges', 'processors'],
    ['messages'],
    ['reminders'],
    ['outbox'],
    ['imports', 'exports', 'demo', 'verify', 'reports', 'statements'],
  ].flatMap((nouns, rank) => nouns.map((noun) => [noun, rank])),
);

describe('the import law', () => {
  const sources = product.filter(({ path }) => path.startsWith('src/') && path.split('/').length > 2);
  const edges = sources.flatMap((file) => importsOf(file).map((edge) => ({ from: file.path, ...edge })));

  test('each layer imports only what stands below it', () => {
    const broken = edges.filter(({ from, to, typeOnly }) => {
      const [, layer = ''] = from.split('/');
      const [, target = ''] = to.split('/');
      const law = mayImport[layer];
      if (!law || anywhere.has(target)) return false;
      return !law.folders.includes(target) && !(typeOnly && law.types.includes(target));
    });
    expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('core touches nothing: no file, network, clock or chance', () => {
    const impure = sources.filter(({ path, text }) => path.startsWith('src/core/') && /from 'node:|Temporal\.Now|process\./.test(withoutComments(text)));
    expect(impure.map((file) => file.path)).toEqual([]);
  });

  test('the pools stay inside db', () => {
    const reached = sources.filter(({ path, text }) => !path.startsWith('src/db/') && /\b(poolsOf|openDatabase)\b/.test(withoutComments(text)));
    expect(reached.map((file) => file.path)).toEqual([]);
  });

  test('another noun is used through its face, never its queries', () => {
    const reached = edges.filter(({ from, to }) => {
      const owner = to.match(/^src\/domain\/([^/]+)\/.*queries\.ts$/)?.[1];
      return owner !== undefined && !from.startsWith(`src/domain/${owner}/`);
    });
    expect(reached.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('nouns stand in an order without cycles', () => {
    const rank = (path: string): number | undefined => nounRanks[path.match(/^src\/domain\/([^/]+)\//)?.[1] ?? ''];
    const upward = edges.filter(({ from, to, typeOnly }) => {
      const [mine, theirs] = [rank(from), rank(to)];
      return !typeOnly && mine !== undefined && theirs !== undefined && theirs > mine;
    });
    expect(upward.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('the office lives on the public API: of the server it knows only the pure core', () => {
    const reached = product
      .filter(({ path }) => path.startsWith('office/'))
      .flatMap((file) => importsOf(file).map(({ to }) => ({ from: file.path, to })))
      .filter(({ to }) => to.startsWith('src/') && !to.startsWith('src/core/'));
    expect(reached.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

describe('SQL', () => {
  const outside = product.filter(
    ({ path }) => path.startsWith('src/') && !path.startsWith('src/db/') && !/queries\.ts$/.test(path) && !/\/queries\//.test(path),
  );

  test('lives only in queries.ts files', () => {
    const found = outside.filter(({ text }) => /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql<?[^`;]{0,80}`/.test(withoutComments(text)));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  test('names the business on every table it reads, changes or removes', () => {
    const shared = [
      ...['businesses', 'identities', 'sessions', 'sign_in_codes', 'throttles', 'memberships'],
      ...['passkeys', 'authenticator_apps', 'recovery_codes', 'ceremonies', 'known_devices'],
    ];
    const found = product
      .filter(({ path }) => /queries\.ts$/.test(path) || /\/queries\//.test(path))
      .flatMap(({ path, text }) => {
        const code = withoutComments(text);
        return [...code.matchAll(/\.(selectFrom|updateTable|deleteFrom|innerJoin|leftJoin)\(\s*'([a-z_]+)/g)]
          .filter(([, , table = '']) => !shared.includes(table))
          .filter((match) => !/business_id|ofBusiness|\bmine\(/.test(code.slice(match.index, match.index + 900)))
          .map((match) => `${path}:${code.slice(0, match.index).split('\n').length} ${match[2]}`);
      });
    expect(found).toEqual([]);
  });
});
