import type { Answer, Parts } from './asked.ts';
import { type Instrument, instruments } from './bank.ts';
import { freshId } from './fresh-id.ts';
import type { Kept, Setup, SetupTruth } from './model.ts';
import { saveEndedPage, savePage } from './save-page.ts';
import { Vault } from './vault.ts';

export const savePath = (setup: string): string => `/sandbox/save/${setup}`;

/** What is true of a setup now. */
export function truthOfSetup({ id, setup, status, failure, saved }: Setup): SetupTruth {
  return { session: id, setup, url: savePath(id), status, failure, saved };
}

/** Keeps a card or account for later. Once: a second press finds the first. */
export function saveMethod({ store }: Pick<Parts, 'store'>, id: string, instrument: Instrument): Setup['status'] | 'declined' {
  const vault = new Vault(store.db);
  return store.transaction(() => {
    const setup = vault.setup(id);
    const { method, label } = instruments[instrument];
    if (setup?.status !== 'open' || !setup.methods.includes(method)) return setup?.status ?? 'expired';
    if (instrument === 'card_declined') {
      vault.change(setup, { failure: 'declined' });
      return 'declined';
    }
    const saved: Kept = { reference: freshId('sm'), holder: `cu_${setup.payerRef}`, method, label, instrument, expires: expiryOf(instrument, store.today()) };
    vault.keep(setup.account, saved);
    return vault.change(setup, { status: 'complete', failure: null, saved }).status;
  });
}

/** Test cards last for years, but for the one that ends with this month. */
function expiryOf(instrument: Instrument, today: { month: number; year: number }): Kept['expires'] {
  if (instruments[instrument].method === 'bank') return null;
  return instrument === 'card_expiring' ? today : { month: 12, year: today.year + 4 };
}

/** The page where a payer saves a method, and what its presses do. */
export function answerSave(parts: Parts, id: string, form: URLSearchParams | null): Answer | null {
  const setup = new Vault(parts.store.db).setup(id);
  if (setup === null) return null;
  const instrument = form?.get('instrument') ?? null;
  if (form !== null && instrument !== null && instrument in instruments) {
    const done = saveMethod(parts, id, instrument as Instrument);
    return { status: 303, location: done === 'complete' ? setup.returnUrl : savePath(id) };
  }
  if (setup.status === 'expired') return { status: 410, html: saveEndedPage(setup) };
  if (setup.status === 'complete') return { status: 303, location: setup.returnUrl };
  return { status: 200, html: savePage(setup, savePath(id)) };
}
