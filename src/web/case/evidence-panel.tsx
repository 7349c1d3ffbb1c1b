import { ProblemError } from "../api/client.js";
import { useRead } from "../api/use-read.js";
import type { DocumentExcerpt } from "../../api/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { CopyButton } from "../parts/copy-button.js";
import { PlainText } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { useNow } from "../parts/now.js";
import { Ago } from "../parts/when.js";
import "./evidence-panel.css";

/** A document at the statement that an assertion rests on. `sentence`: what it is the evidence of. */
export function EvidencePanel({
  evidence,
  sentence,
}: {
  readonly evidence: Evidence;
  readonly sentence?: string;
}) {
  const excerpt = useRead<DocumentExcerpt>(
    `/documents/${evidence.digest}`,
    { pointer: evidence.pointer, inner: evidence.inner, line: evidence.line },
    { fresh: 300_000 },
  );
  return (
    <section className="evidence-panel" aria-label="Evidence">
      {sentence === undefined ? undefined : (
        <p className="evidence-of">
          <PlainText text={sentence} />
        </p>
      )}
      {excerpt.isPending ? <Waiting rows={8} what="the document" /> : undefined}
      {excerpt.isError ? (
        isGone(excerpt.error) ? (
          <Empty title="This document is no longer stored.">
            <p className="mono">
              <PlainText text={`${evidence.document} · sha256 ${evidence.digest}`} />
            </p>
            <p>What was concluded from it stands in the ledger with this digest.</p>
          </Empty>
        ) : (
          <Fault
            error={excerpt.error}
            what="The document could not be read."
            retry={() => void excerpt.refetch()}
          />
        )
      ) : undefined}
      {excerpt.data === undefined ? undefined : <Excerpt excerpt={excerpt.data.value} evidence={evidence} />}
    </section>
  );
}

const isGone = (error: Error): boolean => error instanceof ProblemError && error.status === 410;

function Excerpt({ excerpt, evidence }: { readonly excerpt: DocumentExcerpt; readonly evidence: Evidence }) {
  const { inner } = excerpt;
  const now = useNow();
  return (
    <>
      <p className="evidence-place">
        <PlainText text={excerpt.path} />
        {excerpt.observedAt === undefined ? undefined : (
          <span className="meta">
            {" "}
            seen <Ago at={excerpt.observedAt} now={now} />
          </span>
        )}
      </p>
      {inner === undefined ? (
        <Lines {...excerpt} />
      ) : (
        <>
          <Crumbs keys={excerpt.breadcrumb} />
          <p className="meta">the policy in this string, decoded</p>
          <Lines {...inner} />
        </>
      )}
      {excerpt.laidOut ? (
        <p className="meta">The document has no lines of its own; these were made of it.</p>
      ) : undefined}
      {excerpt.masked ? <p className="meta">Secrets in it are not shown.</p> : undefined}
      <p className="evidence-foot">
        <span className="meta mono">sha256 {evidence.digest.slice(0, 12)}…</span>
        <CopyButton text={evidence.digest} label="Copy digest" />
        <CopyButton
          text={(inner ?? excerpt).lines
            .filter(({ marked }) => marked)
            .map(({ text }) => text)
            .join("\n")}
          label="Copy statement"
        />
      </p>
    </>
  );
}

type LinesProps = Pick<DocumentExcerpt, "lines" | "breadcrumb" | "more">;

function Lines({ lines, breadcrumb, more }: LinesProps) {
  return (
    <>
      <Crumbs keys={breadcrumb} />
      <pre className="evidence-lines" tabIndex={0} aria-label="the statement in its document">
        {lines.map(({ number, text, marked }) => (
          <span key={number} className={marked ? "evidence-line marked" : "evidence-line"}>
            <span className="evidence-number" aria-hidden>
              {number}
            </span>
            <PlainText text={text} />
            {"\n"}
          </span>
        ))}
      </pre>
      {more ? <p className="meta">The statement is longer than is shown here.</p> : undefined}
    </>
  );
}

function Crumbs({ keys }: { readonly keys: readonly string[] }) {
  if (keys.length === 0) return undefined;
  return (
    <p className="evidence-crumbs mono">
      {keys.map((key, index) => (
        <span key={`${index} ${key}`}>
          {index === 0 ? undefined : <span aria-hidden> / </span>}
          <PlainText text={key} />
        </span>
      ))}
    </p>
  );
}
