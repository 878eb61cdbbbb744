import { describe, expect, it } from 'vitest';
import fc from '../../test/chance.ts';
import { brandAccents, contrastRatio, grounds, readableAccent } from './contrast.ts';

describe('a brand color', () => {
  it('reads at 4.5 to 1 on both grounds and under its own text, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (rgb) => {
        const { light, dark } = brandAccents(`#${rgb.toString(16).padStart(6, '0')}`);
        expect(contrastRatio(light.accent, grounds.light)).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(dark.accent, grounds.dark)).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(light.onAccent, light.accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(dark.onAccent, dark.accent)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays as it is where it already reads', () => {
    expect(readableAccent('#1d4ed8', grounds.light)).toEqual({ accent: '#1d4ed8', onAccent: '#ffffff' });
    expect(readableAccent('#FFD400', grounds.dark)).toEqual({ accent: '#ffd400', onAccent: grounds.dark });
  });

  it('keeps its hue when it must be darkened', () => {
    expect(readableAccent('#ffd400', grounds.light).accent).toMatch(/^#[5-9a-f].[4-9a-f].00$/);
  });

  it('has known ratios', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBe(21);
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each(['', 'red', '#fff', '#12345g', '1d4ed8', '#1d4ed8;x'])('is refused when written as %j', (text) => {
    expect(() => readableAccent(text, grounds.light)).toThrow(expect.objectContaining({ code: 'color_invalid' }));
  });
});
