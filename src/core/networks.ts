import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** A network as its first address and the length of its prefix. */
export type Network = readonly [Address, number];

/** An IPv4 address that came as IPv6 is that IPv4 address. Null when the text is no address in full, plain writing. */
function addressOf(text: string): Address | null {
  const bare = text.split('%')[0] ?? '';
  const plain = bare.includes(':') ? ipaddr.IPv6.isValid(bare) : ipaddr.IPv4.isValidFourPartDecimal(bare);
  return plain ? ipaddr.process(bare) : null;
}

/** Addresses and networks (`10.0.0.0/8`, `::1`), separated by commas or blanks. Null when one of them is neither. */
export function readNetworks(text: string): readonly Network[] | null {
  const list: Network[] = [];
  for (const word of text.split(/[\s,]+/).filter((piece) => piece !== '')) {
    const address = addressOf(word.split('/')[0] ?? '');
    const length = word.includes('/') ? word.slice(word.indexOf('/') + 1) : String(address?.kind() === 'ipv4' ? 32 : 128);
    const most = address?.kind() === 'ipv4' ? 32 : 128;
    if (address === null || !/^\d{1,3}$/.test(length) || Number(length) > most) return null;
    list.push([address, Number(length)]);
  }
  return list;
}

function isWithin(address: Address, networks: readonly Network[]): boolean {
  return networks.some(([network, length]) => network.kind() === address.kind() && address.match(network as ipaddr.IPv4 & ipaddr.IPv6, length));
}

/**
 * Who is behind the proxies of ours. `forwarded` is the X-Forwarded-For that came with it, read from its end, because only what a proxy of ours
 * wrote is true: the first address that is not one of ours is the caller. Somebody else's peer, or a header nobody can read, counts as the peer.
 */
export function callerBehind(peer: string, forwarded: string | undefined, trusted: readonly Network[]): string {
  const direct = addressOf(peer);
  if (direct === null || forwarded === undefined || !isWithin(direct, trusted)) return direct?.toString() ?? peer;
  let caller = direct;
  for (const text of forwarded.slice(-2_000).split(',').reverse()) {
    const before = addressOf(text.trim());
    if (before === null) return caller.toString();
    caller = before;
    if (!isWithin(before, trusted)) return caller.toString();
  }
  return caller.toString();
}
