import { publicId } from '../src/core/ids.ts';
import { type Filled, fill, idOf, letIn, linkTokenOf } from './fill.ts';
import { openStand, type Stand } from './stand.ts';

/** The one server of a bench run with a small and a grown business, made when a figure first asks. */
export type World = Readonly<{
  stand: Stand;
  small: Filled;
  grown: Filled;
  tokens: Readonly<Record<'small' | 'grown', Readonly<{ office: string; portal: string; key: string }>>>;
}>;

let made: Promise<World> | null = null;

export function world(): Promise<World> {
  made ??= make();
  return made;
}

async function make(): Promise<World> {
  const stand = await openStand();
  const small = await fill(stand.client, 'small', 10_000);
  const grown = await fill(stand.client, 'grown', 200_000);
  const tokens = {
    small: await letIn(stand.client, small, publicId('business', small.id)),
    grown: await letIn(stand.client, grown, publicId('business', grown.id)),
  };
  return { stand, small, grown, tokens };
}

export async function closeWorld(): Promise<void> {
  if (made !== null) await (await made).stand.stop();
}

/** Addresses of random invoice pages, each with the cookie its link leaves behind. */
export async function pagesOf(
  of: Pick<World, 'stand'>,
  business: Filled,
  count: number,
  among: number,
): Promise<{ path: string; cookie: string; documentId: string }[]> {
  const picked = Array.from({ length: count }, (_, at) => 1 + Math.trunc((at * among) / count));
  return Promise.all(
    picked.map(async (n) => {
      const documentId = await idOf(of.stand.client, business, 'document', n);
      return { path: `/${business.slug}/d/${publicId('invoice', documentId)}`, cookie: `link=${linkTokenOf(business, n)}`, documentId };
    }),
  );
}
