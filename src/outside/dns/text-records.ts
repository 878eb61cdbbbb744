import { Resolver } from 'node:dns/promises';
import type { TextRecords } from '../../core/gateways.ts';

const timeoutMs = 3_000;
/** Answers that mean "there is nothing of that kind there", as against "nobody answered". */
const nothing = new Set(['ENODATA', 'ENOTFOUND']);

/** TXT records of a name, by the machine's own resolvers or by those named (`127.0.0.1:5353`). */
export function textRecords(servers: readonly string[] = []): TextRecords {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    if (servers.length > 0) resolver.setServers([...servers]);
    try {
      const found = await resolver.resolveTxt(name);
      return { kind: 'found', texts: found.map((pieces) => pieces.join('')) };
    } catch (error) {
      return nothing.has((error as NodeJS.ErrnoException).code ?? '') ? { kind: 'found', texts: [] } : { kind: 'unknown' };
    }
  };
}
