import { readPage } from '../../db/read.ts';
import { type Look, lookOf, lookQueryOf, openDoor } from '../../domain/front/front.ts';
import type { Deps, WebContext } from '../context.ts';
import { type Reader, readerOf } from '../ui/reader.ts';
import { businessIn, localeFor } from './visit.ts';

/** The business as anybody may see it, and how this reader reads: for pages that show nothing of an account. */
export async function lookAt(c: WebContext, deps: Deps, recorded: string | null = null): Promise<{ business: string; look: Look; reader: Reader }> {
  const business = await businessIn(c, deps);
  const { json } = await readPage(deps.database, openDoor(business), lookQueryOf(business));
  const { language } = lookOf(json, 'en');
  const locale = localeFor(c, recorded, language);
  const look = lookOf(json, locale);
  return { business, look, reader: readerOf(locale, look.currency) };
}
