import { Link } from "@tanstack/react-router";
import { useSession, useSignInMethods } from "../api/session.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { RoleToken } from "../parts/role-token.js";
import { absolute } from "../parts/when.js";

const scopes = {
  read: "looks at cases, findings and the estate",
  act: "makes moves in cases: the rules of each case say which",
  import: "brings documents",
  admin: "keeps the catalogue and the tokens",
} as const;

/** First: what you may do here, and why. Roles come from the catalogue; nobody gives them to themselves here. */
export function AccessPage() {
  const session = useSession();
  const methods = useSignInMethods();
  const you = session.data;
  if (you === undefined || you === null)
    return session.isError ? (
      <Fault error={session.error} what="could not read your session" retry={() => void session.refetch()} />
    ) : (
      <Waiting what="your session" rows={3} />
    );
  return (
    <>
      <p className="page-lead">
        You are {you.name}
        {you.roles.length === 0 ? ", without a role in the catalogue." : " with "}
        {you.roles.map((role) => (
          <RoleToken key={role} role={role} />
        ))}
      </p>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>Scope</th>
              <th>Yours</th>
              <th>What it lets one do</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(scopes).map(([scope, words]) => (
              <tr key={scope}>
                <td className="mono">{scope}</td>
                <td className="tight">{you.scopes.some((own) => own === scope) ? "yes" : "no"}</td>
                <td className="words">{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className="block" aria-label="Roles">
        <h2>Roles</h2>
        <p>
          Roles and teams are those of the catalogue in force, with who said so and until when. Whoever leaves
          there is out here at once. <Link to="/catalogue">Open the catalogue</Link>
        </p>
        <p className="meta">
          teams: {you.teams.length === 0 ? "none" : you.teams.join(", ")} · signed in{" "}
          {you.method === "example" ? "as anybody of the example" : `by ${you.method}`} · ends{" "}
          {absolute(you.endsAt)}
        </p>
      </section>
      <section className="block" aria-label="Ways in">
        <h2>Ways in</h2>
        <p>
          {methods.data === undefined
            ? ""
            : [
                "access token",
                ...(methods.data.oidc === undefined ? [] : [methods.data.oidc.label]),
                ...(methods.data.example === undefined ? [] : ["anybody of the example, without proof"]),
              ].join(" · ")}
        </p>
        {methods.data?.oidc === undefined ? (
          <p className="meta">
            No login provider is set up: set <code>REMIT_OIDC_ISSUER</code>, <code>REMIT_OIDC_CLIENT_ID</code>{" "}
            and <code>REMIT_OIDC_CLIENT_SECRET</code> where the server is started.
          </p>
        ) : undefined}
      </section>
    </>
  );
}
