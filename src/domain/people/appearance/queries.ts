import type { Transaction } from 'kysely';
import type { DB } from '../../../db/tables.ts';
import type { Theme } from '../appearance.ts';

/** Of the whole installation: a person has one look, wherever they work. */
type Tx = Transaction<DB>;

export async function selectTheme(tx: Tx, identityId: string): Promise<Theme> {
  const found = await tx.selectFrom('identities').select('theme').where('id', '=', identityId).executeTakeFirst();
  return (found?.theme ?? 'auto') as Theme;
}

export async function updateTheme(tx: Tx, identityId: string, theme: Theme): Promise<void> {
  await tx.updateTable('identities').set({ theme }).where('id', '=', identityId).execute();
}
