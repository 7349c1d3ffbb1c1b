import type { MyDuty } from "../../api/index.js";
import { useCommand } from "../api/use-command.js";
import { useCalled } from "../parts/people.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import { Sentence } from "../parts/plain-text.js";
import { placeOf } from "./duty-place.js";

/** A duty is disputed, not dropped: until somebody answers, the clock stays where it is. */
export function NotMineDialog({ duty, onClose }: { readonly duty: MyDuty; readonly onClose: () => void }) {
  const command = useCommand(duty.case, onClose);
  const place = placeOf(duty);
  const called = useCalled();
  return (
    <ReasonDialog
      title="Not yours?"
      act="Dispute this duty"
      keep="Keep it"
      label="Who should it be, and why"
      busy={command.isPending}
      error={command.error}
      onKeep={onClose}
      onAct={(reason) => {
        command.mutate({
          kind: "dispute",
          ground: "not-mine",
          reason,
          ...(place === undefined ? {} : { place }),
        });
      }}
    >
      <p>
        <Sentence text={duty.what} />
      </p>
      <p className="meta">
        Until they answer, the clock stays with {duty.person === undefined ? duty.role : called(duty.person)}.
      </p>
    </ReasonDialog>
  );
}
