import { Link } from "@tanstack/react-router";
import type { Found } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { roleMeanings, RoleToken } from "../parts/role-token.js";
import { PlainText } from "../parts/plain-text.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { heldBy, placeOfRole } from "./role-holders.js";

/** What each role does, and who holds it: the catalogue says so, nobody gives roles here. */
export function RolesPage() {
  const teams = useRead<{ readonly items: readonly Found[] }>("/search", { kind: "team", limit: 500 });
  const items = teams.data?.value.items;
  return (
    <>
      <p className="settings-lead">
        Roles come from the catalogue in force, with who said so and until when. A change is made there and
        tells what it changes before it is saved.{" "}
        <Link to="/catalogue" className="plain">
          Open the catalogue
        </Link>
      </p>
      {teams.isError ? (
        <Fault error={teams.error} what="could not read the teams" retry={() => void teams.refetch()} />
      ) : undefined}
      {teams.isPending ? <Waiting what="the teams" /> : undefined}
      {items === undefined ? undefined : (
        <div className="table-frame">
          <table className="table roles">
            <thead>
              <tr>
                <th>Role</th>
                <th>What it does</th>
                <th>Held by</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(roleMeanings).map(([role, meaning]) => (
                <tr key={role}>
                  <td className="tight">
                    <RoleToken role={role} />
                  </td>
                  <td className="words">{meaning}</td>
                  <td className="words">
                    <Holders role={role} teams={items} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <section className="block" aria-label="Policies">
        <h2>Policies</h2>
        <p>
          What each role and scope may do is written in Cedar. The policies that ship are in force unless{" "}
          <code>policies</code> in <code>remit.config.yaml</code> names others; each refusal names the policy
          that forbids it.
        </p>
      </section>
    </>
  );
}

function Holders({ role, teams }: { readonly role: string; readonly teams: readonly Found[] }) {
  const names = heldBy(role, teams);
  const place = placeOfRole(role);
  if (names.length > 0)
    return (
      <>
        {names.map((name, index) => (
          <span key={name}>
            {index === 0 ? "" : ", "}
            <PlainText text={name} />
          </span>
        ))}
        {place === undefined ? null : <div className="meta">and {place}</div>}
      </>
    );
  return place === undefined ? (
    <span className="nobody">no team</span>
  ) : (
    <span className="meta">{place}</span>
  );
}
