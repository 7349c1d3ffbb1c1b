import { peopleStream } from "../../core/cases/index.js";
import type { Announcement, StoredEvent } from "../../store/index.js";

/** Up to where somebody has heard everything: positions in the ledger and among the announcements. */
export interface Heard {
  readonly ledger: number;
  readonly announced: number;
}

/** What a listener is told. It names nobody: who may see more asks for the case. */
export interface LiveEvent {
  readonly event: "case" | "people" | Announcement["kind"];
  readonly data: Readonly<Record<string, unknown>>;
  /** Of which case; absent: of the installation. */
  readonly case?: string;
  /** For those with the scope `admin` alone. */
  readonly administrators?: true;
  /** With this one everything up to here was heard. */
  readonly heard: Heard;
}

/** `12-3`: twelfth event of the ledger, third announcement. */
export const heardText = ({ ledger, announced }: Heard): string => `${String(ledger)}-${String(announced)}`;

/** `Last-Event-ID`; undefined where it is none of ours. */
export function heardOf(text: string): Heard | undefined {
  const [, ledger, announced] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return ledger === undefined || announced === undefined
    ? undefined
    : { ledger: Number(ledger), announced: Number(announced) };
}

export const ofCase = (
  { stream, sequence, kind, at, position }: StoredEvent,
  announced: number,
): LiveEvent => {
  const heard = { ledger: position, announced };
  return stream === peopleStream
    ? { event: "people", data: { sequence, kind, at }, heard, administrators: true }
    : { event: "case", case: stream, data: { id: stream, sequence, kind, at }, heard };
};

export const ofInstallation = ({ kind, at, body, position }: Announcement, ledger: number): LiveEvent => ({
  event: kind,
  ...(kind === "webhook" ? { administrators: true } : {}),
  data: { ...(JSON.parse(body) as object), at },
  heard: { ledger, announced: position },
});
