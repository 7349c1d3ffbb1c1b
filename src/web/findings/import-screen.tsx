import { Link, useParams } from "@tanstack/react-router";
import type { ImportDetail } from "../../api/index.js";
import { count } from "../../report/index.js";
import { ProblemError } from "../api/client.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { Rejections } from "./rejections.js";
import "./findings.css";

type File = ImportDetail["files"][number];

const order: readonly File["state"][] = ["rejected", "in part", "same as before", "read"];

/** One import: first what was not used and why, then what each file was read as, and what it changed. */
export function ImportScreen() {
  const { id } = useParams({ from: "/findings/imports/$id" });
  const found = useRead<ImportDetail>(`/imports/${encodeURIComponent(id)}`);
  const item = found.data?.value;
  return (
    <>
      <header className="page-head">
        <ScreenTitle text={item === undefined ? "Import" : `Import ${absolute(item.at)}`} />
        <Link to="/findings" search={{ imports: true }} className="push">
          All imports
        </Link>
        {item === undefined ? undefined : (
          <>
            <p className="lead">
              {item.rejected + item.inPart === 0
                ? "Everything was used."
                : `${String(item.rejected)} of ${String(item.documents)} files not used, ${String(item.inPart)} in part`}
            </p>
            <Sums item={item} />
          </>
        )}
      </header>
      {found.error === null ? undefined : found.error instanceof ProblemError &&
        found.error.status === 404 ? (
        <Empty title="There is no such import, or what it brought is another team's.">
          <p>Every import that you may see is in the list, with what was not used and why.</p>
          <Link to="/findings" search={{ imports: true }} className="button">
            Open the list
          </Link>
        </Empty>
      ) : (
        <Fault error={found.error} what="could not read the import" retry={() => void found.refetch()} />
      )}
      {found.isPending ? <Waiting what="the import" /> : undefined}
      {item === undefined ? undefined : (
        <>
          <Rejections rejections={item.rejections} />
          <Changed item={item} />
          <Files files={item.files} />
        </>
      )}
    </>
  );
}

function Sums({
  item: { counts, rows, documents, read, inPart, rejected },
}: {
  readonly item: ImportDetail;
}) {
  return (
    <p className="sum">
      {documents} files = {read} read + {inPart} in part + {rejected} rejected
      {counts === undefined
        ? ""
        : ` · ${rows.toLocaleString("en")} rows = ${counts.passed.toLocaleString("en")} passed + ${String(counts.muted)} muted + ${String(counts.manual)} manual + ${String(counts.stale)} stale + ${String(counts.notApplicable)} not applicable + ${String(counts.rejected)} rejected + ${String(counts.failing)} failing`}
    </p>
  );
}

function Changed({ item }: { readonly item: ImportDetail }) {
  const rows = [
    { name: "Opened", cases: item.cases.opened },
    { name: "Decided again", cases: item.cases.redecided },
    { name: "Verified", cases: item.cases.verified },
  ].filter(({ cases }) => cases.length > 0);
  return (
    <section className="block" aria-label="What it changed">
      <h2>What it changed</h2>
      <p>
        findings: {item.new} new, {item.returned} came back, {item.passing} seen passing, {item.gone} not
        listed any more
      </p>
      {rows.map(({ name, cases }) => (
        <details key={name} open={cases.length <= 12}>
          <summary>
            {name} {cases.length}
          </summary>
          <p className="case-links">
            {cases.slice(0, 200).map((id) => (
              <CaseLink key={id} id={id} />
            ))}
            {cases.length > 200 ? <span className="meta">{cases.length - 200} more</span> : undefined}
          </p>
        </details>
      ))}
    </section>
  );
}

function Files({ files }: { readonly files: readonly File[] }) {
  const sorted = files.toSorted(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
  return (
    <section className="block" aria-label="Files">
      <h2>
        Files <span className="amount">{count(files.length)}</span>
      </h2>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>State</th>
              <th>File</th>
              <th>Read as</th>
              <th>Seen</th>
              <th>Holds</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((file) => (
              <tr key={`${file.path} ${file.digest}`}>
                <td className="tight">
                  {file.state === "rejected" ? <strong className="not-used">rejected</strong> : file.state}
                </td>
                <td>
                  <PlainText text={file.path} />
                  <div className="meta mono">sha256 {file.digest.slice(0, 8)}…</div>
                </td>
                <td className="words">{file.kind ?? "nothing knows it"}</td>
                <td className="tight">{file.observedAt === undefined ? "–" : absolute(file.observedAt)}</td>
                <td>
                  {Object.entries(file.entities)
                    .map(([kind, held]) => `${count(held)} ${held === 1 ? one(kind) : wordsOf(kind)}`)
                    .join(" · ") || "–"}
                  {file.rejections.slice(0, 3).map((rejection) => (
                    <div key={`${rejection.reason} ${String(rejection.line ?? "")}`} className="meta">
                      <Sentence text={rejection.reason} />
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** `clientIds` are client ids. */
const wordsOf = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);

/** `policies`, one policy; `addresses`, one address. */
const one = (name: string): string =>
  wordsOf(name)
    .replace(/ies$/u, "y")
    .replace(/(ss|x|ch)es$/u, "$1")
    .replace(/([^s])s$/u, "$1");
