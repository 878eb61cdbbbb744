import ipaddr from 'ipaddr.js';

/** Where a request of ours may go: an address a customer of ours typed must never lead to a machine that stands beside the server. */

export type AddressFault = 'unreadable' | 'scheme' | 'port' | 'credentials' | 'host';
/** With `loopback`, plain http to this very machine is let through too: for trying things out, never on a public host. */
export type AddressRules = Readonly<{ loopback: boolean }>;

const ports = new Set(['', '443', '8443', '4443', '9443', '10443']);
const innerNames = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa|in-addr\.arpa|ip6\.arpa|onion|test|invalid|example)$/;
/** Public by its number, but answered by the machine a cloud's server runs on. */
const platforms = new Set(['168.63.129.16']);

/** The address as it may be asked, or what is wrong with it. Names are judged by what they resolve to when it is asked, too. */
export function readOutboundUrl(text: string, { loopback }: AddressRules): URL | AddressFault {
  if (text !== text.trim() || /[\p{Cc}\\]/u.test(text) || !URL.canParse(text)) return 'unreadable';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (loopback && url.protocol === 'http:' && isLoopback(url.hostname)) return url;
  if (url.protocol !== 'https:') return 'scheme';
  if (!ports.has(url.port)) return 'port';
  return isPublicHost(url.hostname) ? url : 'host';
}

/** True for 127.0.0.0/8, ::1 and localhost, written plainly. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || (ipaddr.isValid(bare) && ipaddr.parse(bare).range() === 'loopback');
}

function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(bare)) return isPublicAddress(bare);
  // A name has a dot inside, and none of the names that only mean something inside a network; a dot at its end changes neither.
  const name = bare.replace(/\.$/, '');
  return /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(name) && !innerNames.test(name);
}

/**
 * True for an address of the public internet. Private, shared, link-local and loopback ones, those reserved for anything, and every IPv6
 * form that carries an IPv4 address inside are not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || platforms.has(address.toString())) return false;
  // All that is handed out so far begins with 001; whatever stands elsewhere is somebody's inside.
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(ipaddr.IPv6.parse('2000::'), 3);
}
