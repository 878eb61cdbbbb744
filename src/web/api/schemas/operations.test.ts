import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './document.ts';
import type { Operation } from './operation.ts';
import { apiOperations } from './operations.ts';

const all: [string, Operation][] = Object.entries(apiOperations);

describe('the table of operations', () => {
  it('has one operation per method and path', () => {
    const places = all.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('names exactly the parameters of each path', () => {
    for (const [id, { path, params }] of all) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(params?.shape ?? {}).sort(), id).toEqual(named.sort());
    }
  });

  it('T9 refuses unknown fields in every body and query', () => {
    for (const [id, { body, query }] of all) {
      for (const schema of [body, query]) {
        if (schema === undefined) continue;
        const result = schema.safeParse({ business_id: 'x' });
        expect(result.success, id).toBe(false);
        expect(JSON.stringify(result.error?.issues), id).toContain('unrecognized_keys');
      }
    }
  });

  it('M11 takes integers only wherever an amount goes in', () => {
    const body = apiOperations.recordPayment.body;
    const good = { customerId: `cus_${'0'.repeat(26)}`, method: 'check', receivedOn: '2026-11-20', shares: [] };
    expect(body.safeParse({ ...good, amountMinor: 18600 }).success).toBe(true);
    for (const amountMinor of [Number.NaN, 0.1 + 0.2, -1, 0, 2 ** 53 + 1, 100_000_000, '1e3', '1,000', '１２', null]) {
      expect(body.safeParse({ ...good, amountMinor }).success, String(amountMinor)).toBe(false);
    }
  });
});

describe('the document of the API', () => {
  const document = openApiDocument('', '0.1.0');

  it('A1 is OpenAPI 3.1 and tells of every operation, with a problem for every failure', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const [id, { method, path, status }] of all) {
      const told = document.paths?.[path]?.[method];
      expect(told?.operationId).toBe(id);
      expect(Object.keys(told?.responses ?? {}).sort()).toEqual([String(status), '4XX', '5XX'].sort());
    }
  });

  it('A3 asks every POST that writes for an Idempotency-Key, and A8 every versioned change for If-Match', () => {
    const headers = (path: string, method: 'post' | 'patch') =>
      (document.paths?.[path]?.[method]?.parameters ?? []).flatMap((parameter) => ('in' in parameter && parameter.in === 'header' ? [parameter.name] : []));
    expect(headers('/invoices', 'post')).toEqual(['Idempotency-Key']);
    expect(headers('/invoices/{invoiceId}', 'patch')).toEqual(['If-Match']);
    expect(headers('/invoices/preview-totals', 'post')).toEqual([]);
  });

  it('describes answers that hold nothing beyond what is described', () => {
    for (const [id, { answer }] of all) {
      if (answer instanceof z.ZodObject) expect(answer.def.catchall instanceof z.ZodNever, id).toBe(true);
    }
  });
});
