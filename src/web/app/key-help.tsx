import { Modal, Switch } from "@mantine/core";
import { useState } from "react";
import { setSingleKeys, singleKeysOn } from "../parts/keys.js";

const keys: readonly (readonly [keys: string, does: string])[] = [
  ["Ctrl K", "find anything"],
  ["/", "filter this table"],
  [
    "g then m c b r e f k p s",
    "remit, cases, board, readiness, estate, findings, catalogue, reports, settings",
  ],
  ["j k or arrows", "row up and down"],
  ["Enter", "open the row"],
  ["o", "peek beside"],
  ["x", "select the row"],
  ["Shift with arrows", "extend the selection"],
  ["1 to 5", "blocks of the case"],
  ["e", "evidence of the step in focus"],
  ["l", "diagram or list"],
  ["w", "cut: tick changes and watch the path break"],
  ["[ and ]", "case before, case after"],
  ["u", "back to the list"],
  ["y", "copy the id; with Shift the link"],
  ["Ctrl Enter", "send the form in focus; never approves or signs"],
  ["Esc", "close what is on top"],
];

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const [on, setOn] = useState(singleKeysOn);
  return (
    <Modal opened onClose={onClose} title="Keys" size={560} closeButtonProps={{ "aria-label": "Close" }}>
      <dl className="keys">
        {keys.map(([name, does]) => (
          <div key={name}>
            <dt>
              <kbd>{name}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single keys"
        description="Off: only Ctrl K, Enter, Esc and arrows do something"
        checked={on}
        onChange={(event) => {
          setSingleKeys(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
