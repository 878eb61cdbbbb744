import { describe, expect, it } from 'vitest';
import { Refusal, refusals, statusOf } from './refusal.ts';

describe('a refusal', () => {
  it('carries its code, kind, status and sentence', () => {
    const refusal = new Refusal('stale_version', { field: 'version' });
    expect(refusal).toMatchObject({ name: 'Refusal', code: 'stale_version', kind: 'precondition', status: 412, details: { field: 'version' } });
    expect(refusal.message).toBe(refusals.stale_version.sentence);
    expect(refusal).toBeInstanceOf(Error);
  });

  it('is always a 4xx, or a 503 when waiting helps', () => {
    for (const status of Object.values(statusOf)) expect((status >= 400 && status < 500) || status === 503).toBe(true);
  });

  it.each(Object.entries(refusals))('%s has a plain sentence', (code, { sentence }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/!|invalid input|error occurred|SQL|exception/i);
  });
});
