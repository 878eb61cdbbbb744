import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

export default defineConfig({
  // React's production build, as the server runs it, has no jsxDEV.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'office/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
    globalSetup: ['test/cluster.ts'],
    pool: 'forks',
    // Two at once: each file talks to the one server of the run, and browsers are hungry.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Long enough for a machine with other work: how fast something is is measured in the bench, not here.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // A test's own refusals are no news: what a server says beside them must be worth reading.
    env: { NODE_ENV: 'production', TZ: 'UTC', LOG_LEVEL: 'error' },
    expect: { requireAssertions: true },
  },
});
