import { describe, expect, test } from 'vitest';
import { newId } from '../db/fresh.ts';
import { keysOf } from './keys.ts';

const keys = keysOf('one secret of at least 32 characters');
const others = keysOf('another secret of at least 32 letters');

describe('keys', () => {
  test('are the same for the same question and secret, and for no other', () => {
    const [business, link] = [newId(), newId()];
    expect(keys.linkToken(business, link)).toBe(keys.linkToken(business, link));
    const all = [
      keys.linkToken(business, link),
      keys.linkToken(link, business),
      others.linkToken(business, link),
      keys.mac(`link:${business}:${link}`),
      keys.mac('x'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test('L1 carry 256 bits', () => {
    expect(Buffer.from(keys.linkToken(newId(), newId()), 'base64url')).toHaveLength(32);
    expect(Buffer.from(keys.mac('x'), 'base64url')).toHaveLength(32);
  });

  test('make codes of six digits, leading zeros kept, spread over all of them', () => {
    const codes = Array.from({ length: 5000 }, () => keys.signInCode(newId()));
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(4950);
  });

  test('are not made from a short secret', () => {
    expect(() => keysOf('short')).toThrow('APP_SECRET');
  });
});
