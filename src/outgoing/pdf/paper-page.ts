import { readableAccent } from '../../core/contrast.ts';
import type { PdfRequest } from '../../core/gateways.ts';
import type { Locale } from '../../core/locale.ts';
import type { BusinessFact } from '../invoice-facts.ts';
import { qrSvg } from '../qr.ts';

/** What the template prints, in the order of the sheet. Every string is a finished word of the reader's language. */
export type PaperPage = {
  title: string;
  author: string;
  heading: string;
  /** A line under the heading, such as what it replaces. */
  flag: string | null;
  lang: Locale;
  region: string;
  paper: 'us-letter' | 'a4';
  accent: string;
  logo: { name: string; heightMm: number } | null;
  business: string[];
  billTo: PaperBlock;
  place: PaperBlock | null;
  /** The largest thing on the sheet; null on a part, which shows no total. */
  amount: { label: string; value: string; note: string } | null;
  meta: { label: string; value: string }[];
  message: string | null;
  /** Longer texts before and after the work, on papers that have them. */
  before?: { title: string; text: string }[];
  after?: { title: string; text: string }[];
  /** Four or five headings, with or without the day; none when there is no table. */
  columns: string[];
  sections: PaperSection[];
  totals: { label: string; value: string; kind: 'plain' | 'detail' | 'total' }[];
  notes: string[];
  pay: { title: string; text: string }[];
  qr: { svg: string; alt: string } | null;
  terms: { title: string; text: string } | null;
  footer: { text: string; page: string };
};

export type PaperBlock = { label: string; lines: string[] };
export type PaperRow = { name: string; more: string[]; date: string; quantity: string; price: string; amount: string };
export type PaperSection = {
  title: string | null;
  address: string | null;
  rows: PaperRow[];
  foot: { label: string; value: string; strong: boolean }[];
};

export type Paper = {
  /** PNG made for paper, or null. */
  logo: Uint8Array | null;
  /** Address of the business's own page, where the number finds the document. */
  frontDoorUrl: string;
};

const REGION: Record<Locale, string> = { en: 'us', es: 'us', fr: 'ca' };
const LETTER_COUNTRIES = ['US', 'CA'];

/** The parts of a sheet that come from the business and the language alone. */
export function letterhead(
  business: BusinessFact,
  lang: Locale,
  paper: Paper,
): Pick<PaperPage, 'author' | 'lang' | 'region' | 'paper' | 'accent' | 'logo' | 'business'> {
  return {
    author: business.name,
    lang,
    region: REGION[lang],
    paper: LETTER_COUNTRIES.includes(business.country) ? 'us-letter' : 'a4',
    accent: readableAccent(business.brandColor, '#ffffff').accent,
    logo: paper.logo && { name: 'logo.png', heightMm: logoHeight(paper.logo) },
    business: [
      ...business.addressLines,
      [business.phone, business.email].filter(Boolean).join(' · '),
      [business.website, business.licenseLine].filter(Boolean).join(' · '),
    ].filter((line) => line !== ''),
  };
}

const LOGO_MM = { height: 15, width: 62 };

// A PNG tells its width and height in its first chunk. Long, low logos become lower instead of running into the number.
function logoHeight(png: Uint8Array): number {
  const at = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = png.byteLength < 24 ? [1, 1] : [at.getUint32(16), at.getUint32(20)];
  return Math.min(LOGO_MM.height, (LOGO_MM.width * height) / Math.max(width, 1));
}

/** The request that draws a sheet; dated midnight of `day` in UTC, so that the same facts are the same bytes. */
export function paperRequest(page: PaperPage, paper: Paper, day: string): PdfRequest {
  return {
    template: 'page',
    data: page,
    images: paper.logo ? { 'logo.png': paper.logo } : {},
    createdUnixS: Date.parse(`${day}T00:00:00Z`) / 1000,
  };
}

/** The code that leads to the front door. Links are personal and never printed. */
export function frontDoorCode(url: string, alt: string): { svg: string; alt: string } {
  return { svg: qrSvg(url), alt };
}

/** An address as people write it: without the scheme. */
export function spokenUrl(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
