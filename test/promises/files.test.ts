import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicId } from '../../src/core/ids.ts';
import { newId } from '../../src/db/fresh.ts';
import { createApiKey } from '../../src/domain/people/api-keys.ts';
import { keyRights } from '../../src/domain/people/rights.ts';
import { type Answered, ask, type Caller, done } from '../api-client.ts';
import { smallBusiness } from '../small-business.ts';
import { createTestWeb, type TestWeb } from '../web.ts';

let web: TestWeb;

type Desk = Readonly<{ caller: Caller; invoiceId: string }>;
let desk: Desk;

/** A business with one draft, reached by a key. */
async function opened(): Promise<Desk> {
  const house = await smallBusiness(web.database);
  const { key } = await house.office((scope) => createApiKey(scope, { name: 'files', scopes: [...keyRights] }));
  const caller = { key };
  const customer = await done(web, caller, 'addCustomer', { body: { kind: 'residential', name: 'Rosa Quill' } });
  const draft = await done(web, caller, 'createDraft', {
    body: { customerId: customer.id, lines: [{ id: publicId('line', newId()), name: 'Drain cleaning', quantityMilli: 1000, unitPriceMilli: 9_500_000 }] },
  });
  return { caller, invoiceId: draft.id };
}

const attach = ({ caller, invoiceId }: Desk, bytes: Uint8Array, name: string, type: string): Promise<Answered> =>
  ask(web, caller, 'addAttachment', { params: { invoiceId }, query: { name }, raw: { bytes: new Uint8Array(bytes), type } });

beforeAll(async () => {
  web = await createTestWeb({ STORAGE_MB: '3' });
  desk = await opened();
});
afterAll(() => web.close());

const script = '<script>alert(1)</script>';
const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const text = (content: string): Buffer => Buffer.from(content, 'latin1');
const zip = text('PK\x03\x04\x14\x00\x00\x00');
const exe = text('MZ\x90\x00\x03');
const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif'): Promise<Buffer> =>
  sharp({ create: { width: 24, height: 24, channels: 3, background: '#1f5f4a' } })
    .toFormat(format)
    .toBuffer();

/** Files that are two things at once, or not what they say: content, name, declared type. */
async function polyglots(): Promise<[string, Buffer, string, string][]> {
  const [png, jpeg, webp, gif, tiff, avif] = await Promise.all((['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const).map(picture));
  if (!png || !jpeg || !webp || !gif || !tiff || !avif) throw new Error('six pictures');
  const glued = (front: Buffer, behind: string | Buffer): Buffer => Buffer.concat([front, Buffer.from(behind)]);
  return [
    ['an SVG', text(svg), 'a.svg', 'image/svg+xml'],
    ['an SVG called PNG', text(svg), 'a.png', 'image/png'],
    ['an SVG behind a BOM', text(`\xef\xbb\xbf${svg}`), 'a.png', 'image/png'],
    ['HTML called JPEG', text(`<!doctype html>${script}`), 'a.jpg', 'image/jpeg'],
    ['HTML called PDF', text(`<html>${script}`), 'a.pdf', 'application/pdf'],
    ['a GIF', gif, 'a.gif', 'image/gif'],
    ['a GIF called PNG', gif, 'a.png', 'image/png'],
    ['a GIF with a script for a comment', glued(gif, `/*${script}`), 'a.png', 'image/png'],
    ['a GIF that is JavaScript', text('GIF89a/*\x00\x00*/=1;alert(1)'), 'a.jpg', 'image/jpeg'],
    ['a TIFF', tiff, 'a.jpg', 'image/jpeg'],
    ['an AVIF', avif, 'a.webp', 'image/webp'],
    ['a BMP', text('BM\x3a\x00\x00\x00'), 'a.png', 'image/png'],
    ['an icon', text('\x00\x00\x01\x00\x01\x00'), 'a.png', 'image/png'],
    ['a PDF with a page behind it', text(`${pdf}${script}`), 'a.pdf', 'application/pdf'],
    ['a PDF with an archive behind it', glued(text(pdf), zip), 'a.pdf', 'application/pdf'],
    ['a PDF that begins later', text(`${script}${pdf}`), 'a.pdf', 'application/pdf'],
    ['a PDF that begins as a GIF', text(`GIF89a${pdf}`), 'a.pdf', 'application/pdf'],
    ['a PDF called PNG', text(pdf), 'a.png', 'image/png'],
    ['a PDF declared as a page', text(pdf), 'a.pdf', 'image/png'],
    ['a PDF called a page', text(pdf), 'a.pdf.html', 'application/pdf'],
    ['a PNG called a page', png, 'a.html', 'image/png'],
    ['a PNG with two names', png, 'a.png.svg', 'image/png'],
    ['a PNG without a name', png, 'png', 'image/jpeg'],
    ['a PNG called JPEG', png, 'a.jpg', 'image/jpeg'],
    ['a JPEG declared as PNG', jpeg, 'a.jpg', 'image/png'],
    ['a WebP called JPEG', webp, 'a.jpg', 'image/jpeg'],
    ['an archive', zip, 'a.png', 'image/png'],
    ['a program', exe, 'a.jpg', 'image/jpeg'],
    ['a script of the shell', text('#!/bin/sh\nrm -rf /\n'), 'a.pdf', 'application/pdf'],
    ['XML with entities', text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), 'a.pdf', 'application/pdf'],
    ['a magic number and rubbish', glued(png.subarray(0, 8), 'rubbish'), 'a.png', 'image/png'],
    ['nothing', Buffer.alloc(0), 'a.png', 'image/png'],
  ];
}

describe('what somebody uploads', () => {
  it('F1 thirty-two files that are not what they say are refused, each with its reason', async () => {
    const cases = await polyglots();
    expect(cases).toHaveLength(32);
    for (const [what, bytes, name, type] of cases) {
      const { status, json } = await attach(desk, bytes, name, type);
      expect([what, status >= 400 && status < 500]).toEqual([what, true]);
      expect(['file_type_refused', 'file_unreadable', 'content_type_unsupported', 'body_malformed']).toContain(json.code);
    }
  });

  it('F1 pictures with a script glued behind come back drawn anew, without it', async () => {
    for (const [format, extension] of [
      ['png', 'png'],
      ['jpeg', 'jpg'],
      ['webp', 'webp'],
    ] as const) {
      const glued = Buffer.concat([await picture(format), Buffer.from(script)]);
      const { status, json } = await attach(desk, glued, `a.${extension}`, `image/${format}`);
      if (status >= 400) expect(json.code).toBe('file_unreadable');
      else {
        const { response } = await ask(web, desk.caller, 'readAttachment', { params: { invoiceId: desk.invoiceId, fileId: json.id } });
        expect(Buffer.from(await response.arrayBuffer()).includes('script')).toBe(false);
      }
    }
  });

  it('F4 a photo keeps no place, camera or author', async () => {
    const photo = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#888' } })
      .withExif({ IFD0: { Artist: 'CANARY-ARTIST', Make: 'CANARY-CAMERA' }, IFD3: { GPSLatitude: '1/1 2/1 3/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('CANARY')).toBe(true);
    const { json } = await attach(desk, photo, 'sink.jpg', 'image/jpeg');
    const { response } = await ask(web, desk.caller, 'readAttachment', { params: { invoiceId: desk.invoiceId, fileId: json.id } });
    const kept = Buffer.from(await response.arrayBuffer());
    expect(kept.includes('CANARY')).toBe(false);
    expect((await sharp(kept).metadata()).exif).toBeUndefined();
  });

  it('F2 a download is one: never shown as a page of ours, never guessed at, under its true name', async () => {
    const { json } = await attach(desk, text(pdf), 'Baño "final"; übersicht.pdf', 'application/pdf');
    const { headers } = await ask(web, desk.caller, 'readAttachment', { params: { invoiceId: desk.invoiceId, fileId: json.id } });
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''Ba%C3%B1o/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('F3 names that climb lead nowhere, and no path is told', async () => {
    const climbs = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '%252e%252e%252f', '..;/', '....//', '%c0%ae%c0%ae/'];
    const ends = ['etc/passwd', 'app.secret', '.git/config', 'node_modules/pg/package.json'];
    const roots = ['/office/assets/', '/api/v1/invoices/'];
    for (const root of roots) {
      for (const climb of climbs) {
        for (const end of ends) {
          const response = await web.app.request(new Request(`http://localhost:3999${root}${climb.repeat(6)}${end}`, { redirect: 'manual' }));
          const body = await response.text();
          // The office answers its own page for an address of its own making; a file outside is never in it.
          expect(
            response.status === 200
              ? body.includes('<div id="root"') || body.includes('id="root"')
              : [301, 302, 303, 308, 400, 401, 404].includes(response.status),
          ).toBe(true);
          expect(body).not.toMatch(/root:x:|\[core\]|"dependencies"|ENOENT|dist\/|invoice-web-/);
        }
      }
    }
  });

  it('F10 a full store refuses uploads in plain words, and nobody else', async () => {
    const [full, other] = [await opened(), await opened()];
    // Noise does not compress, so each is about as large as it is.
    const noise = (): Promise<Buffer> =>
      sharp({ create: { width: 900, height: 700, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
        .png()
        .toBuffer();
    let refused: Answered | null = null;
    for (let tries = 0; refused === null && tries < 8; tries += 1) {
      const answer = await attach(full, await noise(), `n${tries}.png`, 'image/png');
      if (answer.status >= 400) refused = answer;
    }
    expect(refused?.json).toMatchObject({ status: 413, code: 'storage_full' });
    const use = await done(web, full.caller, 'readStorage');
    expect(use.usedBytes).toBeLessThanOrEqual(use.limitBytes);
    expect((await attach(other, text(pdf), 'a.pdf', 'application/pdf')).status).toBeLessThan(300);
    // A paper of our own is never refused: it is drawn and kept beyond what may be uploaded.
    await done(web, full.caller, 'issueInvoice', { params: { invoiceId: full.invoiceId }, body: {} });
    expect((await ask(web, full.caller, 'readPdf', { params: { invoiceId: full.invoiceId } })).status).toBe(200);
  });
});
