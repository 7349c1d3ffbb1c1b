import { evidenceAt, principalId, type Estate, type Evidence } from "../estate/index.js";
import { globMatches, type Path } from "../access/index.js";
import type { Catalogue } from "../accountability/index.js";
import { nameOf } from "./names.js";

/**
 * How the identity that starts a path proves itself (R78). `spiffe`, `oidc`, `saml`: cryptographic, issued for the
 * occasion; `platform`: short-lived credentials that the cloud hands to what runs; `held`: a credential that whoever has
 * it is believed; `person`: signs in; `code`: whoever may change it.
 */
export type ProofKind = "spiffe" | "oidc" | "saml" | "platform" | "held" | "person" | "code" | "unknown";

export interface IdentityProof {
  readonly kind: ProofKind;
  /** Whose proof it is, as people call it. */
  readonly of: string;
  readonly because: string;
  readonly evidence: readonly Evidence[];
}

/** Whether access on the path is decided by policy when it is asked for, or stands whoever asks from wherever (R80). */
export interface RequestPolicy {
  readonly value: true | false | "unknown";
  readonly because: string;
}

export function identityProof(path: Path, estate: Estate, catalogue: Catalogue | undefined): IdentityProof {
  const [first] = path.hops;
  const of = nameOf(path.credential ?? path.starter);
  const evidence = first?.evidence.slice(0, 1) ?? [];
  const seen = (kind: ProofKind, because: string): IdentityProof => ({ kind, of, because, evidence });
  if (/^spiffe:\/\//i.test(path.starter)) return seen("spiffe", "a SPIFFE id");
  switch (path.kind) {
    case "standing-credential":
    case "secret-reuse":
      return seen("held", "whoever has the value is believed");
    case "human":
      return seen("person", "signs in as a person");
    case "root":
      return seen("person", "signs in with the mailbox of the account");
    case "federated-workload":
      return (
        stated(path, catalogue) ??
        seen(/^saml:/.test(path.starter) ? "saml" : "oidc", "a token that its issuer signs")
      );
    case "inherited-role":
      return stated(path, catalogue) ?? seen("platform", "the cloud issues its credentials while it runs");
    case "pipeline":
      return path.leg === "drift"
        ? seen("code", "whoever may change the code is believed")
        : (stated(path, catalogue) ??
            seen(
              keptSecret(path, estate) ? "held" : "unknown",
              keptSecret(path, estate)
                ? "it keeps a stored secret"
                : "no document says how the pipeline proves itself",
            ));
    case "service-principal":
    case "trust":
      return (
        stated(path, catalogue) ??
        (path.credential === undefined
          ? seen("unknown", "how the other side proves itself is not known here")
          : seen("held", "whoever has the value is believed"))
      );
  }
}

/** What the catalogue records of an identity of the path: attested, so it says more than the kind of the path. */
function stated(path: Path, catalogue: Catalogue | undefined): IdentityProof | undefined {
  const ids = [...new Set([path.starter, ...path.hops.flatMap((hop) => [hop.from, hop.to])])];
  for (const id of ids) {
    const entry = (catalogue?.workloadIdentities ?? []).find(({ principal }) =>
      globMatches(principalId(principal), id),
    );
    if (entry !== undefined)
      return {
        kind: entry.proof,
        of: nameOf(id),
        because: "as the catalogue records",
        evidence: [evidenceAt(entry.origin, `proof: ${entry.proof}`)],
      };
  }
  return undefined;
}

const keptSecret = (path: Path, estate: Estate): boolean =>
  estate.pipelines.some((item) => path.hops.some(({ from }) => from === item.id) && item.secrets.length > 0);

export function requestPolicy(path: Path): RequestPolicy {
  if (path.verdict === "unknown") return { value: "unknown", because: "whether the path holds is not known" };
  if (path.condition !== undefined && path.certainty === "conditional")
    return { value: true, because: path.condition };
  return path.leg === "drift"
    ? { value: false, because: "nobody asks: it is applied" }
    : { value: false, because: "no grant on it asks anything of the request" };
}
