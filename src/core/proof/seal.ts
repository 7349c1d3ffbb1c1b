import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Proof } from "./proof.js";

const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Parts of a proof as they are written: each path, certificate, question and document by itself, the rest together. */
function partsOf(proof: Omit<Proof, "seals" | "digest">): readonly (readonly [string, unknown])[] {
  const { questions, paths, certificates, documents, ...head } = proof;
  const each = (name: string, list: readonly unknown[]): readonly (readonly [string, unknown])[] =>
    list.map((item, index) => [`/${name}/${index}`, item]);
  return [
    ["/", head],
    ...each("questions", questions),
    ...each("paths", paths),
    ...each("certificates", certificates),
    ...each("documents", documents),
  ];
}

/** With the digest of every part, and one over them. It notices a change; that the content is true, the check shows. */
export function sealed(proof: Omit<Proof, "seals" | "digest">): Proof {
  const seals = partsOf(proof).map(([part, value]) => ({ part, digest: digestOf(JSON.stringify(value)) }));
  return { ...proof, seals, digest: digestOf(JSON.stringify(seals)) };
}

/** One way to write it: a file that is written differently was touched. */
export const proofText = (proof: Proof): string => `${JSON.stringify(proof, null, 2)}\n`;

/** The parts that are not as they were sealed. Empty: untouched. */
export function broken(proof: Proof): readonly string[] {
  const { seals, digest, ...rest } = proof;
  const again = partsOf(rest);
  const changed = again
    .filter(
      ([part, value]) => seals.find((seal) => seal.part === part)?.digest !== digestOf(JSON.stringify(value)),
    )
    .map(([part]) => part);
  const extra = seals.filter(({ part }) => !again.some(([name]) => name === part)).map(({ part }) => part);
  const all = digestOf(JSON.stringify(seals)) === digest ? [] : ["/digest"];
  return [...changed, ...extra, ...all];
}
