import { expect, test } from 'vitest';
import { callerBehind, readNetworks } from './networks.ts';

const ours = readNetworks('127.0.0.1, ::1 10.0.0.0/8,2001:db8:5::/48') ?? [];

test.each([
  ['192.0.2.7', '198.51.100.1', '192.0.2.7'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::1', '2001:DB8::7', '2001:db8::7'],
  ['127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['10.9.9.9', '6.6.6.6, 198.51.100.1, 10.1.2.3, 2001:db8:5::9', '198.51.100.1'],
  ['127.0.0.1', '10.1.2.3', '10.1.2.3'],
  ['127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', 'unknown', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1:4711', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1, , 10.1.2.3', '10.1.2.3'],
  ['127.0.0.1', '0x7f.1', '127.0.0.1'],
  ['127.0.0.1', '2130706433', '127.0.0.1'],
  ['127.0.0.1', '', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1\u0000', '127.0.0.1'],
  ['not an address', '198.51.100.1', 'not an address'],
])('L8 a request from %s that says it was forwarded for %j is of %s', (peer, forwarded, caller) => {
  expect(callerBehind(peer, forwarded, ours)).toBe(caller);
});

test('L8 without proxies of the host’s own nobody’s word is taken', () => {
  expect(callerBehind('127.0.0.1', '198.51.100.1', [])).toBe('127.0.0.1');
});

test.each([['10.0.0.0/33'], ['::1/129'], ['10.0.0'], ['localhost'], ['10.0.0.0/8/9'], ['10.0.0.0/'], ['10.0.0.1/-1']])('%s is no network', (text) => {
  expect(readNetworks(text)).toBeNull();
});

test('no text is no network at all', () => {
  expect(readNetworks(' ')).toEqual([]);
});
