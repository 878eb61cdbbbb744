import { describe, expect, test } from 'vitest';
import { isPublicAddress, readOutboundUrl } from './outbound-address.ts';

const strict = { loopback: false };

describe('I4 an address to send to', () => {
  test.each(['https://hooks.acme.org/in', 'https://hooks.acme.org:8443/in?x=1', 'https://1.1.1.1/', 'https://[2606:4700::1111]/', 'https://münchen.de/'])(
    '%s is taken',
    (text) => {
      expect(readOutboundUrl(text, strict)).toBeInstanceOf(URL);
    },
  );

  test.each([
    ['http://hooks.acme.org/', 'scheme'],
    ['ftp://hooks.acme.org/', 'scheme'],
    ['https://hooks.acme.org:22/', 'port'],
    ['https://ida:secret@hooks.acme.org/', 'credentials'],
    [' https://hooks.acme.org/', 'unreadable'],
    ['https://hooks.acme.org/\r\nX: 1', 'unreadable'],
    ['https://hooks.acme.org\\@127.0.0.1/', 'unreadable'],
    ['hooks.acme.org', 'unreadable'],
    ['https://localhost/', 'host'],
    ['https://printer.local/', 'host'],
    ['https://db/', 'host'],
    ['https://169.254.169.254/latest/meta-data/', 'host'],
  ])('%s is refused: %s', (text, fault) => {
    expect(readOutboundUrl(text, strict)).toBe(fault);
  });

  test('on this machine itself is taken only where that is allowed, and only there', () => {
    for (const text of ['http://localhost:9999/', 'http://127.0.0.1:9999/x', 'http://[::1]:9/']) {
      expect(readOutboundUrl(text, { loopback: true })).toBeInstanceOf(URL);
      expect(readOutboundUrl(text, strict)).toBe('scheme');
    }
    for (const text of ['http://10.0.0.1/', 'http://hooks.acme.org/', 'http://localhost.acme.org/'])
      expect(readOutboundUrl(text, { loopback: true })).toBe('scheme');
  });

  test.each(
    '127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 fe80::1 fec0::1 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 100::1 3fff::1 4000::1'.split(
      ' ',
    ),
  )('%s is nobody’s public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
