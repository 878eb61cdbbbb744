import { publicId } from '../../core/ids.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { createApiKey, type KeyRow, listApiKeys, renameApiKey, revokeApiKey, rotateApiKey } from '../../domain/people/api-keys.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { idOrNull } from './present.ts';
import type { apiKeyOperations } from './schemas/api-keys.ts';
import type { ApiScope } from './schemas/operation.ts';

type Operations = typeof apiKeyOperations;
type Shown = AnswerOf<Operations['revokeApiKey']>;

export const apiKeyHandlers: HandlersOf<Operations> = {
  listApiKeys: async (call) => call.answer({ items: (await call.read(listApiKeys)).map(presentKey) }),

  makeApiKey: (call) =>
    call.act(async (scope) => {
      const { name, scopes, expiresInDays } = call.body;
      const expiresAt = expiresInDays === null ? null : scope.now.add({ hours: 24 * expiresInDays }).toString();
      const made = await createApiKey(scope, { name, scopes, expiresAt });
      return { key: made.key, apiKey: await keyOf(scope, made.id) };
    }),

  renameApiKey: (call) =>
    call.act(async (scope) => {
      const id = uuidOf('apiKey', call.params.keyId);
      await renameApiKey(scope, id, call.body.name);
      return keyOf(scope, id);
    }),

  rotateApiKey: (call) =>
    call.act(async (scope) => {
      const made = await rotateApiKey(scope, uuidOf('apiKey', call.params.keyId));
      return { key: made.key, apiKey: await keyOf(scope, made.id) };
    }),

  revokeApiKey: (call) =>
    call.act(async (scope) => {
      const id = uuidOf('apiKey', call.params.keyId);
      await revokeApiKey(scope, id);
      return keyOf(scope, id);
    }),
};

async function keyOf(scope: Scope, id: string): Promise<Shown> {
  const row = (await listApiKeys(scope)).find((key) => key.id === id);
  if (row === undefined) throw new Refusal('not_found');
  return presentKey(row);
}

function presentKey(row: KeyRow): Shown {
  return {
    id: publicId('apiKey', row.id),
    name: row.name,
    hint: row.hint,
    scopes: row.scopes as ApiScope[],
    createdBy: row.created_by_name ?? '',
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    replacedBy: idOrNull('apiKey', row.replaced_by),
  };
}
