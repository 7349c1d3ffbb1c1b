import { evidenceAt, type Credential, type Link, type PrincipalId, type Trust } from "../../estate/index.js";
import type { BecomeEdge } from "../become.js";
import type { Found } from "./found.js";
import type { BecomeModel } from "./model.js";

/** Ways from identity to identity that the native estate document states: trusts between principals, and links. */
export interface NativeSteps {
  into(frontier: readonly number[]): Generator<Found>;
  from(index: number): readonly BecomeEdge[];
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly edge: BecomeEdge;
}

export function createNativeSteps(model: BecomeModel): NativeSteps {
  const steps: Step[] = [];
  const add = (
    from: string,
    to: string,
    edge: Omit<BecomeEdge, "from" | "to" | "mutates" | "missing" | "certainty" | "verdict">,
  ): void => {
    const left = model.index(from as PrincipalId);
    const right = model.index(to as PrincipalId);
    if (
      left === undefined ||
      right === undefined ||
      left === right ||
      !model.isIdentity(left) ||
      !model.isIdentity(right)
    )
      return;
    steps.push({
      from: left,
      to: right,
      edge: {
        ...edge,
        from: model.id(left),
        to: model.id(right),
        certainty: "certain",
        verdict: true,
        missing: [],
        mutates: false,
      },
    });
  };
  const credentials = new Map<string, Credential>(model.estate.credentials.map((item) => [item.id, item]));
  for (const trust of model.estate.trusts) {
    if (trust.kind === "principal") add(trust.from, trust.to, trustEdge(trust));
  }
  for (const link of model.estate.links) {
    if (link.kind === "pipeline-role") add(link.from, link.to, linkEdge(link, "acts as"));
    if (link.kind === "secret-copy") {
      const credential = credentials.get(link.to);
      if (
        credential !== undefined &&
        credential.status !== "deleted" &&
        credential.status !== "inactive" &&
        credential.status !== "expired"
      ) {
        add(link.from, credential.holder, linkEdge(link, "holds a copy of its secret"));
      }
    }
  }
  const byTarget = new Map<number, Step[]>();
  const bySource = new Map<number, Step[]>();
  for (const step of steps) {
    byTarget.set(step.to, [...(byTarget.get(step.to) ?? []), step]);
    bySource.set(step.from, [...(bySource.get(step.from) ?? []), step]);
  }
  return {
    *into(frontier) {
      for (const target of frontier) {
        for (const { from, to, edge } of byTarget.get(target) ?? [])
          yield { holder: from, target: to, rank: 0, hop: () => [edge] };
      }
    },
    from: (index) => (bySource.get(index) ?? []).map(({ edge }) => edge),
  };
}

const trustEdge = (trust: Trust) => ({
  via: "trust",
  actions: [],
  ...(trust.condition === undefined ? {} : { condition: trust.condition }),
  evidence: [evidenceAt(trust.origin, `trust ${trust.id}: ${trust.from} may become ${trust.to}`)],
});

const linkEdge = (link: Link, words: string) => ({
  via: link.kind,
  actions: [],
  evidence: [evidenceAt(link.origin, `${link.from} ${words}: ${link.to}`)],
});
