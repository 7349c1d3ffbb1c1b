import { BlockList, isIP } from "node:net";

/**
 * Addresses inside: whoever may register a webhook must not reach with it what only this machine or its network can
 * (server-side request forgery; OWASP). After the registries of special purposes (RFC 6890, 6598, 4193, 3849, 6052).
 */
const inside: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Of the cloud: credentials of the machine lie behind 169.254.169.254.
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const insideSix: readonly (readonly [string, number])[] = [
  ["::", 128],
  ["::1", 128],
  // Addresses of version 4 in another dress: mapped, compatible, translated, 6to4, Teredo.
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

/** Which addresses and names may be sent to. */
export interface Reach {
  mayReach(address: string): boolean;
  /** Named in the configuration, so that it may be spoken to in the clear too. */
  isAllowed(addressOrName: string): boolean;
}

/** `allowed`: networks (`10.1.0.0/16`), addresses and names inside that may be sent to all the same. */
export function createReach(allowed: readonly string[]): Reach {
  // A list each: Node.js holds an address of version 4 against the mapped ones of version 6 too, which are all inside.
  const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const [net, bits] of inside) blocked.ipv4.addSubnet(net, bits, "ipv4");
  for (const [net, bits] of insideSix) blocked.ipv6.addSubnet(net, bits, "ipv6");
  const open = new BlockList();
  const names = new Set<string>();
  for (const item of allowed) {
    const [net = "", bits] = item.split("/");
    const family = isIP(net);
    if (family === 0) names.add(item.toLowerCase());
    else if (bits === undefined) open.addAddress(net, familyOf(net));
    else open.addSubnet(net, Number(bits), familyOf(net));
  }
  const isOpen = (address: string): boolean => isIP(address) !== 0 && open.check(address, familyOf(address));
  return {
    mayReach: (address) =>
      isIP(address) !== 0 &&
      (isOpen(address) || !blocked[familyOf(address)].check(address, familyOf(address))),
    isAllowed: (item) => names.has(item.toLowerCase()) || isOpen(item),
  };
}

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** What is wrong with an entry of `allowed`; undefined: nothing. */
export function wrongAllowance(item: string): string | undefined {
  const [net = "", bits, ...more] = item.split("/");
  const family = isIP(net);
  if (family === 0)
    return /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i.test(item)
      ? undefined
      : `\`${item}\` is no name or network`;
  if (bits === undefined) return undefined;
  const most = family === 6 ? 128 : 32;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most
    ? undefined
    : `\`${item}\` is no network`;
}

const longest = 2000;

/** What is wrong with an address that is to be told what happens; undefined: nothing that can be seen before it is asked. */
export function wrongTarget(text: string, reach: Reach): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "it is no address: write `https://host/path`";
  }
  if (text.length > longest) return `it is longer than ${String(longest)} characters`;
  if (url.username !== "" || url.password !== "")
    return "it holds a name or password, which would be kept in the clear";
  if (url.hash !== "") return "what stands behind `#` is never sent";
  const host = hostOf(url);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && reach.isAllowed(host)))
    return "it is not encrypted: use https";
  // The address as the client reads it: `http://2130706433` is 127.0.0.1.
  if (isIP(host) !== 0 && !reach.mayReach(host))
    return `\`${host}\` lies inside, and the configuration does not allow it`;
  if (isIP(host) === 0 && !reach.isAllowed(host) && isLocalName(host))
    return `\`${host}\` is a name of this machine or network, and the configuration does not allow it`;
  return undefined;
}

/** The host of an address, without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");

/** Names that no public name server answers for (RFC 6761, 6762, 8375). */
const isLocalName = (host: string): boolean =>
  !host.includes(".") || /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp|home)$/i.test(host);
