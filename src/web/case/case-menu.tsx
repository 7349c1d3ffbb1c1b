import { Menu } from "@mantine/core";
import { IconChevronDown, IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { PersonCommand } from "../../api/index.js";
import type { CaseState } from "../../core/cases/index.js";
import { useCommand } from "../api/use-command.js";
import { apiPath } from "../api/path.js";
import { ReasonDialog } from "../parts/reason-dialog.js";

interface Act {
  readonly label: string;
  readonly title: string;
  readonly field: string;
  readonly act: string;
  readonly keep: string;
  readonly note?: string;
  readonly command: (text: string) => PersonCommand;
}

const dispute: readonly Act[] = [
  {
    label: "The verdict is wrong",
    title: "Dispute the verdict",
    field: "What is wrong with it, and how you know",
    act: "Send the dispute",
    keep: "Leave it",
    command: (reason) => ({ kind: "dispute", ground: "wrong-verdict", reason }),
  },
  {
    label: "There is evidence against it",
    title: "Give evidence against it",
    field: "The evidence, and where it stands",
    act: "Send the dispute",
    keep: "Leave it",
    command: (reason) => ({ kind: "dispute", ground: "counter-evidence", reason }),
  },
];

const note: Act = {
  label: "Write a note",
  title: "Write a note",
  field: "Note",
  act: "Keep the note",
  keep: "Do not keep it",
  command: (text) => ({ kind: "note", text }),
};

const declare: Act = {
  label: "Declare an incident",
  title: "Declare this an incident?",
  field: "Why",
  act: "Declare it",
  keep: "Leave it a case",
  note: "SECOPS coordinates from then on, and clocks of an incident run. It cannot be taken back.",
  command: (reason) => ({ kind: "declare-incident", reason }),
};

const close: Act = {
  label: "Close",
  title: "Close the case?",
  field: "On what it rests",
  act: "Close it",
  keep: "Leave it open",
  note: "It closes on a snapshot that shows it contained, fixed and durable.",
  command: (reason) => ({ kind: "close", reason }),
};

const reopen: Act = {
  label: "Reopen",
  title: "Reopen the case?",
  field: "Why it has to be looked at again",
  act: "Reopen it",
  keep: "Leave it closed",
  command: (reason) => ({ kind: "reopen", reason }),
};

/** Dispute, export, and what is done rarely. */
export function CaseMenu({ state }: { readonly state: CaseState }) {
  const [act, setAct] = useState<Act>();
  const { id } = state;
  const paper = (path: string): string => apiPath(`/cases/${id}${path}`);
  const rare = [
    note,
    ...(state.status === "closed" ? [reopen] : [...(state.incident === undefined ? [declare] : []), close]),
  ];
  return (
    <div className="case-menu">
      <MenuOf label="Dispute" acts={dispute} onAct={setAct} />
      <Menu position="bottom-end" shadow="none">
        <Menu.Target>
          <button type="button" className="facet">
            Export <IconChevronDown size={14} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={paper("/report?as=markdown")} download={`${id}.md`}>
            Case as Markdown
          </Menu.Item>
          <Menu.Item component="a" href={paper("/report?as=html")} target="_blank" rel="noreferrer">
            Page to print
          </Menu.Item>
          <Menu.Item component="a" href={paper("/playbook")} download={`${id}-playbook.md`}>
            Playbook
          </Menu.Item>
          <Menu.Item component="a" href={paper("/evidence")} download={`${id}-evidence.tar`}>
            Evidence, to be checked with remit evidence --verify
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" shadow="none">
        <Menu.Target>
          <button type="button" className="facet" aria-label="more moves">
            <IconDots size={16} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {rare.map((entry) => (
            <Menu.Item key={entry.label} onClick={() => setAct(entry)}>
              {entry.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {act === undefined ? null : <ActDialog state={state} act={act} onClose={() => setAct(undefined)} />}
    </div>
  );
}

interface MenuOfProps {
  readonly label: string;
  readonly acts: readonly Act[];
  readonly onAct: (act: Act) => void;
}

function MenuOf({ label, acts, onAct }: MenuOfProps) {
  return (
    <Menu position="bottom-end" shadow="none">
      <Menu.Target>
        <button type="button" className="facet">
          {label} <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act.label} onClick={() => onAct(act)}>
            {act.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ActDialog({
  state,
  act,
  onClose,
}: {
  readonly state: CaseState;
  readonly act: Act;
  readonly onClose: () => void;
}) {
  const [seen] = useState(state);
  const move = useCommand(seen.id, onClose, seen);
  return (
    <ReasonDialog
      title={act.title}
      label={act.field}
      act={act.act}
      keep={act.keep}
      busy={move.isPending}
      error={move.error}
      conflict={move.conflict}
      onAct={(text, now) => move.mutate(act.command(text), now)}
      onKeep={onClose}
    >
      {act.note === undefined ? null : <p>{act.note}</p>}
    </ReasonDialog>
  );
}
