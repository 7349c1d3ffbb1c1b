import type { Measures } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { CommandLine } from "../parts/command-line.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";

interface Head {
  readonly position: number;
  readonly chain: string;
  readonly checkpoint: {
    readonly position: number;
    readonly head: string;
    readonly at: string;
    readonly keyId: string;
  } | null;
}

/** The end of the ledger and how somebody checks it without believing this server. */
export function EvidenceReport() {
  const ledger = useRead<Head>("/ledger/head");
  if (ledger.isPending) return <Waiting what="the ledger" rows={3} />;
  if (ledger.data === undefined)
    return ledger.error === null ? undefined : (
      <Fault error={ledger.error} what="could not read the ledger" retry={() => void ledger.refetch()} />
    );
  const { position, chain, checkpoint } = ledger.data.value;
  return (
    <section className="block" aria-label="Ledger">
      <h2>Ledger</h2>
      <dl className="facts">
        <dt>Events</dt>
        <dd>{position.toLocaleString("en")}</dd>
        <dt>Chain</dt>
        <dd>{position === 0 ? "nothing was written yet" : <code>sha256 {chain}</code>}</dd>
        <dt>Checkpoint</dt>
        <dd>
          {checkpoint === null ? (
            "none was signed yet"
          ) : (
            <>
              event {checkpoint.position.toLocaleString("en")}, signed {absolute(checkpoint.at)} with key{" "}
              <code>{checkpoint.keyId}</code>
            </>
          )}
        </dd>
      </dl>
      <p>Every link of it is computed again by:</p>
      <CommandLine command="remit ledger verify" />
      <p className="meta">A case has its own bundle: open the case, then Export, Evidence.</p>
    </section>
  );
}

/** The cases of the period as a table for other programs. A field that a program would take for a formula is text. */
export function csvOf({ cases }: Measures): string {
  const field = (value: string | number | boolean | undefined): string => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const head = [
    "case",
    "title",
    "lead",
    "tier",
    "since",
    "ended",
    "contain_h",
    "revoke_h",
    "durable_h",
    "recurred",
  ];
  return [
    head.join(","),
    ...cases.map((row) =>
      [
        row.case,
        row.title,
        row.lead,
        row.tier,
        row.since,
        row.ended,
        row.contain,
        row.revoke,
        row.durable,
        row.recurred,
      ]
        .map(field)
        .join(","),
    ),
  ].join("\r\n");
}
