import { isMachineName } from "./automation.js";
import type { Column, Rejected, Sighting } from "./owner-evidence.js";
import type { OwnershipHint } from "./ownership-hint.js";
import { sourceOfTag } from "./tag-evidence.js";

type Read = Pick<Sighting, "kind" | "directness" | "source" | "person">;

/** Categories of contacts of Google's Essential Contacts that are about the running of a thing. The others get bills and notices. */
const runningContacts: ReadonlySet<string> = new Set(["all", "technical", "technical_incidents"]);

/**
 * Hints as evidence of ownership.md 6b. A project of Wiz and a folder of Google are what that page calls a folder: their
 * owner speaks for what is in it. A champion and an assignee only look after findings. A governance assignment and an owner
 * that the tool keeps with the resource stand on the thing itself, as a tag does. Automation is never an owner.
 */
export function hintSightings(
  hints: readonly OwnershipHint[],
  column: Column,
): { readonly sightings: readonly Sighting[]; readonly rejected: readonly Rejected[] } {
  const sightings: Sighting[] = [];
  const rejected: Rejected[] = [];
  for (const hint of hints) {
    const read = readingOf(hint);
    if ("reason" in read) {
      rejected.push({ candidate: hint.who, reason: read.reason });
      continue;
    }
    const own = read.kind === "tag" || read.kind === "creator-tag";
    if (!own && isMachineName(nameIn(hint.who))) {
      rejected.push({ candidate: hint.who, reason: "a machine is never an owner" });
      continue;
    }
    sightings.push({
      ...read,
      raw: hint.who,
      // What is said of a thing says of the identity on the way to it something only from afar.
      directness: column === "workload-identity" ? least(read.directness, 0.6) : read.directness,
      ...(hint.observedAt === undefined ? {} : { observedAt: hint.observedAt }),
      evidence: hint.evidence,
    });
  }
  return { sightings, rejected };
}

function readingOf({ kind, about, tool }: OwnershipHint): Read | { readonly reason: string } {
  const of = about === undefined ? "" : ` of ${about}`;
  switch (kind) {
    case "tag":
    case "creator-tag":
      return { kind, directness: 1, source: `${sourceOfTag(kind, about ?? "")} (${tool})` };
    case "committer":
      return { kind, directness: 1, source: `${sourceOfTag(kind, "")} (${tool})`, person: true };
    case "project-owner":
      return { kind: "folder-owner", directness: 1, source: `project owner${of} (${tool})`, person: true };
    case "security-champion":
      return {
        kind: "folder-owner",
        directness: 0.6,
        source: `security champion${of} (${tool})`,
        person: true,
      };
    case "assignee":
      return { kind: "folder-owner", directness: 0.6, source: `assignee of the finding (${tool})` };
    case "governance":
      return { kind: "tag", directness: 1, source: `governance assignment (${tool})` };
    case "author":
      return { kind: "committer", directness: 1, source: `author of the commit (${tool})`, person: true };
    case "contact":
      if (about === "owner of the resource")
        return { kind: "tag", directness: 1, source: `owner of the resource (${tool})` };
      return about !== undefined && runningContacts.has(about)
        ? { kind: "folder-owner", directness: 0.6, source: `contact for ${about} (${tool})` }
        : { reason: `a contact for ${about ?? "nothing that is said"}, not an owner` };
    case "project":
      return { reason: "a project, not somebody" };
  }
}

/** The part of an address that names somebody. */
const nameIn = (who: string): string => /^([^\s@]+)@/.exec(who.trim())?.[1] ?? who.trim();

const least = (a: Sighting["directness"], b: Sighting["directness"]): Sighting["directness"] =>
  a < b ? a : b;
