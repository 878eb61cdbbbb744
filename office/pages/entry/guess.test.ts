import { describe, expect, it } from 'vitest';
import { guessPlace } from './guess.ts';

describe('what is guessed at sign-up', () => {
  it('takes country and currency from the time zone before the language', () => {
    expect(guessPlace('en-US', 'America/Toronto')).toEqual({ timeZone: 'America/Toronto', country: 'CA', currency: 'CAD' });
    expect(guessPlace('en-US', 'America/Chicago')).toEqual({ timeZone: 'America/Chicago', country: 'US', currency: 'USD' });
  });

  it('falls back to the language, then to the United States', () => {
    expect(guessPlace('de-DE', 'Europe/Berlin').currency).toBe('EUR');
    expect(guessPlace('en', 'UTC')).toEqual({ timeZone: 'America/Chicago', country: 'US', currency: 'USD' });
  });
});
