import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import {
  addCrewPhoto,
  type CrewInvoice,
  type CrewListed,
  crewLink,
  handToOffice,
  listCrewItems,
  listWork,
  readCrewInvoice,
  readToday,
  sendCrewInvoice,
  writeCrewInvoice,
} from '../../domain/field/field.ts';
import { mustHaveRoom } from '../../domain/files/files.ts';
import { addVisitPhoto, finishVisit, readVisit, startVisit } from '../../domain/jobs/visits.ts';
import { href } from '../../routes.ts';
import { keepUpload } from './attachments.ts';
import { type AnswerOf, type HandlersOf, uuidOf } from './call.ts';
import { presentCrewVisit } from './present-job.ts';
import type { fieldOperations } from './schemas/field.ts';
import { readUpload } from './upload.ts';

type Operations = typeof fieldOperations;
const plain = (amount: bigint | null): number | null => (amount === null ? null : Number(amount));
const invoiceIn = ({ params }: { params: { invoiceId: string } }): string => uuidOf('invoice', params.invoiceId);

const visitIn = ({ params }: { params: { visitId: string } }): string => uuidOf('visit', params.visitId);

/** The crew's own door: what is not presented here, they do not see. */
export const fieldHandlers: HandlersOf<Operations> = {
  fieldToday: async (call) => {
    const { stops, visits, ...rest } = await call.read(readToday);
    return call.answer({ ...rest, visits: visits.map(presentCrewVisit), stops: stops.map(presentStop) });
  },

  fieldStartVisit: (call) => call.act(async (scope) => presentCrewVisit(await startVisit(scope, visitIn(call)))),

  fieldFinishVisit: (call) => call.act(async (scope) => presentCrewVisit(await finishVisit(scope, visitIn(call), call.body.note))),

  fieldVisitPhoto: async (call) => {
    const visitId = visitIn(call);
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read(async (scope) => {
      await readVisit(scope, visitId);
      await mustHaveRoom(scope, call.deps.config.storage, bytes.length);
    });
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => {
      await addVisitPhoto(scope, visitId, { ...kept, name: call.query.name });
      return presentCrewVisit(await readVisit(scope, visitId));
    });
  },

  fieldItems: async (call) => {
    const items = await call.read((scope) => listCrewItems(scope, call.query.q ?? ''));
    return call.answer({ items: items.map((item) => ({ ...item, id: publicId('item', item.id), unitPriceMilli: plain(item.unitPriceMilli) })) });
  },

  fieldWork: async (call) => call.answer({ items: (await call.read(listWork)).map(presentListed) }),

  fieldInvoice: async (call) => call.answer(presentInvoice(await call.read((scope) => readCrewInvoice(scope, invoiceIn(call))))),

  fieldWrite: (call) =>
    call.act(async (scope) => {
      const { id, customerId, propertyId, lines, note } = call.body;
      const written = await writeCrewInvoice(scope, {
        id: id === undefined ? undefined : uuidOf('invoice', id),
        customerId: uuidOf('customer', customerId),
        propertyId: propertyId === null ? null : uuidOf('property', propertyId),
        lines: lines.map((line) => ({ itemId: uuidOf('item', line.itemId), quantityMilli: BigInt(line.quantityMilli) })),
        note,
      });
      return presentInvoice(written);
    }),

  fieldPhoto: async (call) => {
    const documentId = invoiceIn(call);
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read(async (scope) => {
      await readCrewInvoice(scope, documentId);
      await mustHaveRoom(scope, call.deps.config.storage, bytes.length);
    });
    const kept = await keepUpload(call.deps, call.grant.business ?? '', { bytes, type: call.c.req.header('content-type') ?? '', name: call.query.name });
    return call.act(async (scope) => presentInvoice(await addCrewPhoto(scope, documentId, { ...kept, name: call.query.name })));
  },

  fieldReady: (call) => call.act(async (scope) => presentInvoice(await handToOffice(scope, invoiceIn(call)))),

  fieldSend: (call) => call.act(async (scope) => presentInvoice(await sendCrewInvoice(scope, call.deps.keys, invoiceIn(call)))),

  fieldLink: (call) =>
    call.act(async (scope) => {
      const { token, slug } = await crewLink(scope, call.deps.keys, invoiceIn(call));
      return { url: call.deps.config.appUrl + href('link', { business: slug, token }) };
    }),
};

type StopAnswer = AnswerOf<Operations['fieldToday']>['stops'][number];

function presentStop({ customerId, places, ...stop }: Awaited<ReturnType<typeof readToday>>['stops'][number]): StopAnswer {
  return {
    ...stop,
    customerId: publicId('customer', customerId),
    places: places.map((place) => ({ ...place, id: place.id === null ? null : publicId('property', place.id) })),
  };
}

function presentListed({
  id,
  number,
  customerId,
  customerName,
  state,
  totalMinor,
  currency,
  createdAt,
}: CrewListed): AnswerOf<Operations['fieldWork']>['items'][number] {
  const customer = { id: publicId('customer', customerId), name: customerName };
  return { id: publicId('invoice', id), number, customer, state, totalMinor: plain(totalMinor), currency, createdAt };
}

function presentInvoice(invoice: CrewInvoice): AnswerOf<Operations['fieldInvoice']> {
  return {
    ...presentListed(invoice),
    place: invoice.place,
    lines: invoice.lines.map((line) => ({
      ...{ itemId: line.itemId === null ? null : publicId('item', line.itemId), name: line.name, unit: line.unit },
      ...{ quantityMilli: Number(line.quantityMilli), netMinor: plain(line.netMinor) },
    })),
    photos: invoice.photos.map(({ id, name }) => ({ id: publicId('file', id), name })),
    note: invoice.note,
    balanceMinor: plain(invoice.balanceMinor),
    canSend: invoice.canSend,
  };
}
