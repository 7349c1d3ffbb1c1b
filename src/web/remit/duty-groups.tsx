import { Button } from "@mantine/core";
import { useState } from "react";
import type { MyDuty, MyRemit } from "../../api/index.js";
import { useCommand } from "../api/use-command.js";
import { Due } from "../parts/when.js";
import { CaseLink } from "../parts/case-link.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { WordBadge } from "../parts/word-badge.js";
import { placeOf } from "./duty-place.js";
import { NotMineDialog } from "./not-mine-dialog.js";

/** Rows of a group that are shown before the rest folds. */
const shown = 12;

interface DutyGroupsProps {
  readonly duties: readonly MyDuty[];
  readonly now: string;
  readonly me: MyRemit["as"];
}

/** Work by clock: late, today, later, without a clock. */
export function DutyGroups({ duties, now, me }: DutyGroupsProps) {
  const groups = [
    { name: "Late", rows: duties.filter(({ late }) => late) },
    { name: "Due today", rows: duties.filter(({ late, today }) => today && !late) },
    { name: "Later", rows: duties.filter(({ late, today, due }) => !late && !today && due !== undefined) },
    {
      name: "Without a clock",
      rows: duties.filter(({ late, today, due }) => !late && !today && due === undefined),
    },
  ].filter(({ rows }) => rows.length > 0);
  return groups.map(({ name, rows }) => <Group key={name} name={name} rows={rows} now={now} me={me} />);
}

interface GroupProps {
  readonly name: string;
  readonly rows: readonly MyDuty[];
  readonly now: string;
  readonly me: MyRemit["as"];
}

function Group({ name, rows, now, me }: GroupProps) {
  const [all, setAll] = useState(false);
  const [declined, setDeclined] = useState<MyDuty>();
  const seen = all ? rows : rows.slice(0, shown);
  return (
    <section className="block" aria-label={name}>
      <h2>
        {name} <span className="amount">{rows.length}</span>
      </h2>
      <ul className="task-rows">
        {seen.map((duty) => (
          <DutyRow
            key={`${duty.case} ${duty.track} ${duty.item ?? ""} ${duty.role}`}
            duty={duty}
            now={now}
            me={me}
            onNotMine={setDeclined}
          />
        ))}
      </ul>
      {seen.length === rows.length ? undefined : (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setAll(true);
          }}
        >
          {rows.length - seen.length} more
        </Button>
      )}
      {declined === undefined ? undefined : (
        <NotMineDialog
          duty={declined}
          onClose={() => {
            setDeclined(undefined);
          }}
        />
      )}
    </section>
  );
}

interface DutyRowProps {
  readonly duty: MyDuty;
  readonly now: string;
  readonly me: MyRemit["as"];
  readonly onNotMine: (duty: MyDuty) => void;
}

function DutyRow({ duty, now, me, onNotMine }: DutyRowProps) {
  const claim = useCommand(duty.case);
  const place = placeOf(duty);
  return (
    <li className="task-row duty-row" data-row tabIndex={0}>
      <span className="row-due">
        <Due at={duty.due} now={now} />
      </span>
      <span className="row-kind">
        {duty.track}
        <RoleToken role={duty.role} />
      </span>
      <span className="row-what">
        <Sentence text={duty.what} />
        <span className="meta">
          <CaseLink id={duty.case} /> <Sentence text={duty.title} />
        </span>
        {claim.error === null ? undefined : (
          <span role="alert" className="row-fault">
            {claim.error.message}
          </span>
        )}
      </span>
      <span className="row-side">
        <WordBadge word={duty.words} />
        <span className="meta">
          tier {duty.tier} · {stateOf(duty, me)}
        </span>
      </span>
      <span className="row-act">
        {place === undefined || duty.state === "said" ? undefined : duty.person === undefined ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={claim.isPending}
            onClick={() => {
              claim.mutate({ kind: "claim", ...place });
            }}
          >
            Take this
          </Button>
        ) : undefined}
        {place === undefined || duty.state === "said" ? undefined : (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              onNotMine(duty);
            }}
          >
            Not mine
          </Button>
        )}
      </span>
    </li>
  );
}

function stateOf({ state, person }: MyDuty, me: MyRemit["as"]): string {
  const whose = person === undefined ? "nobody took it" : person === me.id ? "yours" : person;
  if (state === "said") return "said done, not verified";
  return state === "started" ? `${whose}, in work` : whose;
}
