/** A range of addresses; version 4 and 6 never overlap. Bounds are inclusive. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `203.0.113.0/24`, `2001:db8::/32`, or a single address. Undefined when it is none of these. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = "", bitsText, ...rest] = text.trim().split("/");
  if (rest.length > 0) return undefined;
  const version = address.includes(":") ? 6 : 4;
  const value = version === 4 ? parseV4(address) : parseV6(address);
  if (value === undefined) return undefined;
  const width = version === 4 ? 32 : 128;
  const bits = bitsText === undefined ? width : /^\d{1,3}$/.test(bitsText) ? Number(bitsText) : -1;
  if (bits < 0 || bits > width) return undefined;
  const size = 1n << BigInt(width - bits);
  const first = (value / size) * size;
  return { version, first, last: first + size - 1n };
}

export const contains = (outer: IpRange, inner: IpRange): boolean =>
  outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;

export function formatIp(version: 4 | 6, value: bigint): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 255n).toString()).join(".");
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - i * 16)) & 0xffffn).toString(16)).join(
    ":",
  );
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail = []] = groups;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: gap }, () => "0"), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    value = value * 65536n + BigInt(parseInt(group, 16));
  }
  return value;
}
