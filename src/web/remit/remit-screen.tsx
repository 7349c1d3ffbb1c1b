import { NativeSelect } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { MyRemit } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { rowKeys } from "../parts/row-keys.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";
import { DutyGroups } from "./duty-groups.js";
import { IfItHappened } from "./if-it-happened.js";
import { WaitingList } from "./waiting-list.js";
import "./remit.css";

/** What waits for you, what is yours by clock, and what would be yours if it happened today. */
export function RemitScreen() {
  const { as } = useSearch({ from: "/remit" });
  const navigate = useNavigate({ from: "/remit" });
  // What would be yours if it happened takes the whole estate, which is read once after a start or an import.
  const remit = useRead<MyRemit>(
    "/remit",
    { as },
    { again: (value) => (value.ifItHappened === undefined ? 4000 : false) },
  );
  // Teams of the one who is signed in stay on offer while the remit of one of them is shown.
  const mine = useRead<MyRemit>("/remit", {}, { fresh: 60_000 });
  const own = mine.data?.value.as.teams ?? [];
  const value = remit.data?.value;
  return (
    <div className="remit">
      <header className="page-head">
        <ScreenTitle text="My remit" />
        {value === undefined ? undefined : <Who remit={value} />}
        {own.length === 0 ? undefined : (
          <NativeSelect
            className="push"
            size="xs"
            aria-label="Whose remit"
            value={as ?? "me"}
            data={[{ value: "me", label: "me" }, ...own.map((team) => ({ value: team, label: team }))]}
            onChange={(event) => {
              const next = event.currentTarget.value;
              void navigate({ search: { as: next === "me" ? undefined : next } });
            }}
          />
        )}
        {value === undefined ? undefined : <Sum counts={value.counts} />}
      </header>
      {remit.isError ? (
        <Fault error={remit.error} what="could not read your remit" retry={() => void remit.refetch()} />
      ) : undefined}
      {value === undefined ? (
        remit.isPending ? (
          <Waiting what="your remit" />
        ) : undefined
      ) : (
        <Parts remit={value} />
      )}
    </div>
  );
}

function Parts({ remit }: { readonly remit: MyRemit }) {
  return (
    <div className="two-parts">
      {/* Arrows move over all rows, whichever group they are in; the rows themselves hold links and buttons. */}
      <div onKeyDown={rowKeys} role="presentation">
        {remit.counts.total === 0 ? <Nothing remit={remit} /> : undefined}
        <WaitingList items={remit.waiting} now={remit.now} />
        <DutyGroups duties={remit.yours} now={remit.now} me={remit.as} />
        {remit.more === 0 ? undefined : (
          <p className="meta">
            {remit.more} more cases were not looked through: open Cases, view Mine, for all of them.
          </p>
        )}
      </div>
      <IfItHappened remit={remit} />
    </div>
  );
}

function Nothing({ remit }: { readonly remit: MyRemit }) {
  const duties = remit.ifItHappened?.duties ?? 0;
  const analysed = useAnalysed();
  return (
    <Empty title="Nothing waits for you.">
      <p>
        {!remit.as.known
          ? "The catalogue does not know you yet: whoever keeps it can add you, and what is yours appears here."
          : duties === 0
            ? "No duty is yours either, as far as the catalogue says."
            : `${String(duties)} ${duties === 1 ? "duty is" : "duties are"} yours if something happens.`}
      </p>
      {analysed === false ? (
        <Link to="/start" className="button">
          Import files or look at the example
        </Link>
      ) : undefined}
    </Empty>
  );
}

function Who({ remit }: { readonly remit: MyRemit }) {
  const { as } = remit;
  const parts = [as.name ?? as.id, [...as.teams, ...as.roles].join(", ")].filter((part) => part !== "");
  return (
    <p className="sum">
      <bdi>{parts.join(" · ")}</bdi>
      {as.onCall === undefined
        ? undefined
        : ` · on call${as.onCall.until === undefined ? "" : ` until ${absolute(as.onCall.until)}`}`}
    </p>
  );
}

/** The sum is written out, so that it can be checked against the rows. */
function Sum({ counts }: { readonly counts: MyRemit["counts"] }) {
  if (counts.total === 0) return null;
  const yours = counts.total - counts.waiting;
  const split = [
    counts.late > 0 ? `${String(counts.late)} late` : "",
    counts.today > 0 ? `${String(counts.today)} today` : "",
    counts.later > 0 ? `${String(counts.later)} later` : "",
    counts.undated > 0 ? `${String(counts.undated)} without a clock` : "",
  ].filter((part) => part !== "");
  return (
    <p className="lead">
      {counts.waiting} to decide + {yours} yours{split.length === 0 ? "" : ` (${split.join(" · ")})`} ={" "}
      {counts.total}
    </p>
  );
}
