import { hashToken, newToken } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import { noteDevice } from '../factors/queries.ts';

/** Notes the browser of a sign-in: by the token it keeps it is known again. `isNew`: others were known before, this one was not. */
export async function meetBrowser(scope: Scope, identityId: string, kept: string | null): Promise<{ token: string; isNew: boolean }> {
  const token = kept ?? newToken().token;
  const { known, first } = await noteDevice(scope.tx, scope.now, identityId, hashToken(token));
  return { token, isNew: !known && !first };
}
