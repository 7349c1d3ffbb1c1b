import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { CaseInput } from "./case-input.js";
import { isCounted } from "./words.js";

/**
 * (starting credential or identity, statement digest, target class): what a repeat is recognised by, on
 * whatever resource it shows next (R10). Without a path the weakness and the resource stand in.
 */
export function accessPathKeyOf(input: CaseInput): string {
  const worst = input.paths.find(isCounted);
  const parts =
    worst === undefined
      ? [input.weakness, input.exposures.map((exposure) => exposure.resource).join(",")]
      : [
          worst.credential ?? worst.starter,
          worst.control.id,
          input.exposures[0]?.resourceKind ?? input.weaknessClass,
        ];
  return bytesToHex(sha256(utf8ToBytes(parts.join("\n")))).slice(0, 32);
}
