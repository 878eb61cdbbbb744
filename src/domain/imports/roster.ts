import type { Scope } from '../../db/scope.ts';
import { selectKnownCustomers } from './queries.ts';
import { sameCustomer } from './stable-id.ts';

/**
 * Everyone of a business by what a file calls them. Who is added while a part is on its way counts at once, but stays only when the part
 * does: `begin` forgets what a part that was taken back had added.
 */
export class Roster {
  readonly #known = new Map<string, readonly string[]>();
  #fresh = new Map<string, string>();

  begin(): void {
    this.#fresh = new Map();
  }

  find(key: string): readonly string[] {
    const fresh = this.#fresh.get(key);
    const known = this.#known.get(key) ?? [];
    return fresh === undefined || known.includes(fresh) ? known : [...known, fresh];
  }

  add(key: string, id: string): void {
    this.#fresh.set(key, id);
  }

  /** For good. */
  enroll(key: string, id: string): void {
    const namesakes = this.#known.get(key) ?? [];
    if (!namesakes.includes(id)) this.#known.set(key, [...namesakes, id]);
  }
}

export async function readRoster(scope: Scope): Promise<Roster> {
  const roster = new Roster();
  for (const { id, name, import_key } of await selectKnownCustomers(scope)) roster.enroll(import_key ?? sameCustomer(name), id);
  return roster;
}
