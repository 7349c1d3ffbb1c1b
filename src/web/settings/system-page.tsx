import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { read } from "../api/client.js";
import { useSignInMethods, useSummary } from "../api/session.js";
import { useNow } from "../parts/now.js";
import { PlainText } from "../parts/plain-text.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { Ago, Moment } from "../parts/when.js";
import { fileSettings } from "./file-settings.js";

/** Of the product that these screens were built with; scripts/web.mjs puts it here. */
declare const remitVersion: string;

interface Ready {
  readonly status: string;
  readonly store: string;
}

/** What runs here, how old what it knows is, and what can only be set where it is started. */
export function SystemPage() {
  const now = useNow();
  const summary = useSummary();
  const methods = useSignInMethods();
  const ready = useQuery({
    queryKey: ["ready"],
    queryFn: async ({ signal }) => (await read<Ready>("/readyz", signal)).value,
  });
  if (summary.isPending) return <Waiting what="the installation" rows={5} />;
  if (summary.data === undefined)
    return (
      <Fault
        error={summary.error}
        what="could not read the installation"
        retry={() => void summary.refetch()}
      />
    );
  const { organisation, generatedAt, estate, catalogueVersion, example } = summary.data;
  const login = methods.data?.oidc;
  return (
    <>
      <p className="page-lead">
        {methods.data === undefined
          ? methods.isError
            ? "How people sign in could not be read."
            : "Reading how people sign in."
          : login === undefined
            ? "No login set up: reachable from this machine only."
            : `People sign in with ${login.label}.`}
      </p>
      <section className="block" aria-label="Installation">
        <h2>Installation</h2>
        <dl className="facts">
          <dt>Version</dt>
          <dd>Remit {remitVersion}</dd>
          <dt>Organisation</dt>
          <dd>
            {organisation === undefined ? "the catalogue names none" : <PlainText text={organisation} />}
          </dd>
          <dt>Kept in</dt>
          <dd>
            {ready.data === undefined
              ? ready.isError
                ? "the server does not say that it is ready"
                : "asking"
              : `${storeNames[ready.data.store] ?? ready.data.store}, ${ready.data.status}`}
          </dd>
          <dt>Clock</dt>
          <dd>
            <Moment at={now} />
            {example ? <span className="meta"> · the day of the example</span> : null}
          </dd>
          <dt>Last analysis</dt>
          <dd>{generatedAt === undefined ? "none yet" : <Ago at={generatedAt} now={now} />}</dd>
          <dt>Estate</dt>
          <dd>
            {estate.documents === 0
              ? "no document yet"
              : `${estate.documents.toLocaleString("en")} documents of ${estate.accounts.toLocaleString("en")} accounts`}
          </dd>
          <dt>Catalogue</dt>
          <dd>
            {catalogueVersion === 0 ? (
              "none yet"
            ) : (
              <Link to="/catalogue/history">version {catalogueVersion}</Link>
            )}
          </dd>
        </dl>
      </section>
      <section className="block" aria-label="Set in the file">
        <h2>Set where it is started</h2>
        <p>
          These stand in <code>remit.config.yaml</code>, or in the variable beside it, which holds where both
          say something. <code>remit serve</code> reads them when it starts and shows none of them; a wrong
          one stops the start and is named.
        </p>
        <div className="table-frame">
          <table className="table file-settings">
            <thead>
              <tr>
                <th>In the file</th>
                <th>Variable</th>
                <th>What it sets</th>
              </tr>
            </thead>
            <tbody>
              {fileSettings.map(({ name, variable, about }) => (
                <tr key={name}>
                  <td className="mono tight">{name}</td>
                  <td className="mono tight">{variable}</td>
                  <td className="words">{about}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

const storeNames: Readonly<Record<string, string>> = {
  embedded: "the embedded database",
  postgres: "PostgreSQL",
};
