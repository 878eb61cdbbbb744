import { publicId } from '../../core/ids.ts';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Scope } from '../../db/scope.ts';
import { type Allowed, readSettings, type SettingsChanges, saveSettings } from '../../domain/businesses/businesses.ts';
import { prepareLogo, saveLogo } from '../../domain/businesses/logo.ts';
import { mustHaveRoom, readStorage } from '../../domain/files/files.ts';
import { showHistory } from '../../domain/imports/history.ts';
import { listStaff } from '../../domain/people/staff.ts';
import type { Deps } from '../context.ts';
import { lookPreview } from '../preview/look.ts';
import type { AnswerOf, Call, HandlersOf } from './call.ts';
import { given } from './given.ts';
import { plain, readRef } from './present.ts';
import { presentSettings } from './present-settings.ts';
import type { settingsOperations } from './schemas/settings.ts';
import { readUpload, sendFile } from './upload.ts';

type Operations = typeof settingsOperations;
type Shown = AnswerOf<Operations['readSettings']>;

export const settingsHandlers: HandlersOf<Operations> = {
  readSettings: async (call) => call.answer(await call.read((scope) => shown(scope, call.deps))),

  changeSettings: (call) =>
    call.act(async (scope) => {
      await saveSettings(scope, { version: call.version, changes: changesIn(call.body) }, allowedBy(call.deps));
      return shown(scope, call.deps);
    }),

  readStorage: async (call) => {
    const { usedBytes, files, limits: most } = await call.read((scope) => readStorage(scope, call.deps.config.storage));
    return call.answer({ usedBytes: plain(usedBytes), limitBytes: most.bytes, files, limitFiles: most.files });
  },

  readLogo: async (call) => {
    const { logoForPages } = await call.read((scope) => readSettings(scope, allowedBy(call.deps)));
    const bytes = logoForPages === null ? null : await call.deps.files.get(call.grant.business ?? '', logoForPages);
    if (bytes === null) throw new Refusal('not_found');
    return sendFile(call.c, { bytes, contentType: 'image/webp', name: 'logo.webp', inline: true });
  },

  saveLogo: async (call) => {
    const bytes = await readUpload(call.c, limits.attachmentBytes);
    await call.read((scope) => mustHaveRoom(scope, call.deps.config.storage, bytes.length));
    const logo = await prepareLogo(call.deps.images, call.deps.files, call.grant.business ?? '', bytes);
    return call.act(async (scope) => {
      await saveLogo(scope, logo);
      return shown(scope, call.deps);
    });
  },

  removeLogo: (call) =>
    call.act(async (scope) => {
      await saveLogo(scope, null);
      return shown(scope, call.deps);
    }),

  previewLook: async (call) => lookPreview(call.c, await call.read((scope) => readSettings(scope, allowedBy(call.deps))), call.query),

  showHistory: (call) =>
    call.act(async (scope) => {
      await showHistory(scope);
      return shown(scope, call.deps);
    }),

  listStaff: async (call) => {
    const staff = await call.read(listStaff);
    return call.answer({
      items: staff.map(({ id, name, email, role, createdAt }) => ({ id: publicId('staff', id), name, email, role, you: id === call.grant.staff, createdAt })),
    });
  },
};

function allowedBy({ sandboxUrl }: Deps): Allowed {
  return { sandbox: sandboxUrl !== null };
}

async function shown(scope: Scope, deps: Deps): Promise<Shown> {
  return presentSettings(await readSettings(scope, allowedBy(deps)));
}

function changesIn(body: Call<Operations['changeSettings']>['body']): SettingsChanges {
  const { numbering, billing, waysToPay, company, look, mail, welcome } = body;
  return given({
    company: company && given(company),
    look: look && given(look),
    mail: mail && given(mail),
    welcome,
    numbering: numbering && given({ prefix: numbering.prefix, next: numbering.next === undefined ? undefined : BigInt(numbering.next) }),
    billing: billing && given({ ...billing, defaultTaxRateId: readRef('taxRate', billing.defaultTaxRateId, 'billing.defaultTaxRateId') }),
    waysToPay: waysToPay && given({ ...waysToPay, ...amountsIn(waysToPay) }),
  });
}

function amountsIn({ paymentFloorMinor, cardFeeFixedMinor, cardFeeMostMinor }: NonNullable<Call<Operations['changeSettings']>['body']['waysToPay']>) {
  const minor = (amount: number | undefined): bigint | undefined => (amount === undefined ? undefined : BigInt(amount));
  return {
    paymentFloorMinor: minor(paymentFloorMinor),
    cardFeeFixedMinor: minor(cardFeeFixedMinor),
    cardFeeMostMinor: cardFeeMostMinor === null ? null : minor(cardFeeMostMinor),
  };
}
