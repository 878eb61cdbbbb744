import { Refusal } from './refusal.ts';

/** `accent` reads as text on the ground, `onAccent` as text on a button of the accent; both at least 4.5 to 1. */
export type Accent = { accent: string; onAccent: string };

export const grounds = { light: '#ffffff', dark: '#15171a' } as const;

const wanted = 4.5;
const steps = 255;

/** A brand color made readable on white and on the dark ground, as close to itself as that allows. Refuses `color_invalid`. */
export function brandAccents(brand: string): { light: Accent; dark: Accent } {
  return { light: readableAccent(brand, grounds.light), dark: readableAccent(brand, grounds.dark) };
}

/**
 * Moves the color towards black on a light ground, towards white on a dark one, until it reads. Text on the accent is
 * the ground itself: the ratio of two colors is the same both ways.
 */
export function readableAccent(brand: string, ground: string): Accent {
  const [from, below] = [channels(brand), channels(ground)];
  const target = luminance(below) > 0.18 ? 0 : 255;
  for (let step = 0; step <= steps; step += 1) {
    const mixed = from.map((channel) => Math.trunc(channel + ((target - channel) * step) / steps)) as Channels;
    if (ratio(mixed, below) >= wanted) return { accent: hex(mixed), onAccent: ground.toLowerCase() };
  }
  throw new RangeError('no color reads on this ground');
}

/** WCAG 2.2 contrast of two colors, 1…21. */
export function contrastRatio(a: string, b: string): number {
  return ratio(channels(a), channels(b));
}

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

type Channels = [number, number, number];

function channels(color: string): Channels {
  if (!isColor(color)) throw new Refusal('color_invalid', { value: color.slice(0, 20) });
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as Channels;
}

function hex(color: Channels): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function ratio(a: Channels, b: Channels): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(color: Channels): number {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
