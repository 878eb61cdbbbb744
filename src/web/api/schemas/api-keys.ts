import { z } from '@hono/zod-openapi';
import { textLimits } from '../../../core/limits.ts';
import { operations, scopes } from './operation.ts';
import { listOf } from './page.ts';
import { filledText, idOf, instant } from './values.ts';

/** Keys for programs. A key is shown once, when it is made. */

export const apiScope = z.enum(scopes);
export const apiKey = z
  .strictObject({
    id: idOf('apiKey'),
    name: z.string(),
    hint: z.string().openapi({ description: 'Its first characters, to tell keys apart.' }),
    scopes: z.array(apiScope),
    createdBy: z.string(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
    replacedBy: idOf('apiKey').nullable().openapi({ description: 'The key that took its place; this one goes on until `expiresAt`.' }),
  })
  .openapi('ApiKey');
export const apiKeyBody = z
  .strictObject({
    name: filledText(textLimits.name, 'Bookkeeping export'),
    scopes: z.array(apiScope).min(1).max(scopes.length),
    expiresInDays: z.int().min(1).max(3650).nullable().default(365),
  })
  .openapi('ApiKeyBody');
export const newApiKey = z.strictObject({ key: z.string().openapi({ description: 'Shown this once.' }), apiKey }).openapi('NewApiKey');

const tag = 'API keys';
const oneKey = z.strictObject({ keyId: idOf('apiKey') });
export const apiKeyOperations = operations({
  listApiKeys: { method: 'get', path: '/api-keys', tag, access: 'session', summary: 'Keys of the business', status: 200, answer: listOf('ApiKeyList', apiKey) },
  makeApiKey: {
    method: 'post',
    path: '/api-keys',
    tag,
    access: 'fresh',
    keyless: true,
    summary: 'Make a key; it is shown once',
    body: apiKeyBody,
    status: 201,
    answer: newApiKey,
  },
  renameApiKey: {
    method: 'patch',
    path: '/api-keys/{keyId}',
    tag,
    access: 'session',
    summary: 'Give a key another name',
    params: oneKey,
    body: z.strictObject({ name: filledText(60, 'Bookkeeping export') }),
    status: 200,
    answer: apiKey,
  },
  rotateApiKey: {
    method: 'post',
    path: '/api-keys/{keyId}/rotate',
    tag,
    access: 'fresh',
    keyless: true,
    summary: 'Another key in its place; it is shown once',
    description: 'With the same name, rights and length of life. The old one goes on for 24 hours.',
    params: oneKey,
    status: 201,
    answer: newApiKey,
  },
  revokeApiKey: {
    method: 'post',
    path: '/api-keys/{keyId}/revoke',
    tag,
    access: 'session',
    summary: 'End a key at once',
    params: z.strictObject({ keyId: idOf('apiKey') }),
    status: 200,
    answer: apiKey,
  },
});
