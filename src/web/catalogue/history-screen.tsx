import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { read } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useRead } from "../api/use-read.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { CatalogueTabs } from "./catalogue-tabs.js";
import { DiffView } from "./diff-view.js";
import "./catalogue.css";

interface Version {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly note: string;
  readonly digest: string;
  readonly current: boolean;
}

/** Every version, who saved it, and what it changed against the one before. */
export function HistoryScreen() {
  const history = useRead<{ readonly items: readonly Version[] }>("/catalogue/history", { limit: 200 });
  const [open, setOpen] = useState<number>();
  const items = history.data?.value.items;
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="Catalogue history" />
      </header>
      <CatalogueTabs here="history" />
      {history.isError ? (
        <Fault error={history.error} what="could not read the history" retry={() => void history.refetch()} />
      ) : undefined}
      {history.isPending ? <Waiting what="the history" /> : undefined}
      {items?.length === 0 ? (
        <Empty title="No version yet.">
          <p>
            The first one that is saved is version 1; every later one is kept beside it, with who saved it.
          </p>
          <Link to="/catalogue" search={{ as: "file" }} className="button">
            Write remit.yaml
          </Link>
        </Empty>
      ) : undefined}
      {items === undefined || items.length === 0 ? undefined : (
        <div className="table-frame">
          <table className="table with-buttons">
            <thead>
              <tr>
                <th>Version</th>
                <th>Saved</th>
                <th>By</th>
                <th>Note</th>
                <th>Digest</th>
                <th>Changes</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.version}>
                  <td className="tight">
                    {item.version} {item.current ? <span className="meta">in force</span> : null}
                  </td>
                  <td className="tight">{absolute(item.at)}</td>
                  <td className="words">
                    <Person name={item.by} inferred={false} />
                  </td>
                  <td>{item.note === "" ? "–" : <PlainText text={item.note} />}</td>
                  <td className="mono">{item.digest.slice(0, 8)}…</td>
                  <td>
                    <button
                      type="button"
                      className="button"
                      aria-expanded={open === item.version}
                      onClick={() => {
                        setOpen(open === item.version ? undefined : item.version);
                      }}
                    >
                      {open === item.version ? "Hide" : "Show"} version {item.version}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open === undefined ? undefined : <Change version={open} />}
    </>
  );
}

function Change({ version }: { readonly version: number }) {
  const texts = useQuery({
    queryKey: ["catalogue", "history", version],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const of = async (wanted: number) =>
        wanted === 0
          ? ""
          : (await read<string>(apiPath(`/catalogue/history/${String(wanted)}`), signal)).value;
      return { before: await of(version - 1), after: await of(version) };
    },
  });
  if (texts.isPending) return <Waiting what={`version ${String(version)}`} rows={3} />;
  if (texts.data === undefined)
    return texts.error === null ? undefined : (
      <Fault
        error={texts.error}
        what={`could not read version ${String(version)}`}
        retry={() => void texts.refetch()}
      />
    );
  return (
    <section className="block" aria-label={`Changes of version ${String(version)}`}>
      <h2>
        Version {version} against {version === 1 ? "nothing" : `version ${String(version - 1)}`}
      </h2>
      <DiffView before={texts.data.before} after={texts.data.after} />
    </section>
  );
}
