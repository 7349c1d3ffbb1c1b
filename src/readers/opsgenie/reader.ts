import {
  draftReading,
  isRecord,
  listOf,
  textOf,
  timeOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";

/** Answers of the API of Opsgenie: the timeline of a schedule, and users. */
export const opsgenieReader: EstateReader = {
  kind: "opsgenie",
  title: "Opsgenie export",
  recognises: ({ value }) =>
    isRecord(value) && (timelineOf(value) !== undefined || usersOf(value).length > 0),
  read({ value }, context) {
    const draft = draftReading(context);
    if (!isRecord(value)) return draft.reading();
    const timeline = timelineOf(value);
    if (timeline !== undefined) readTimeline(timeline, draft.root.at("data"), draft);
    usersOf(value).forEach((user, index) => {
      readUser(user, draft.root.at("data", index), draft);
    });
    return draft.reading();
  },
};

function timelineOf(value: JsonRecord): JsonRecord | undefined {
  const data = value["data"];
  const final = isRecord(data) ? data["finalTimeline"] : undefined;
  return isRecord(data) && isRecord(final) && Array.isArray(final["rotations"]) ? data : undefined;
}

function usersOf(value: JsonRecord): readonly JsonRecord[] {
  const items = listOf(value["data"]).filter(isRecord);
  const all = items.every(
    (item) => typeof item["username"] === "string" && "fullName" in item && "blocked" in item,
  );
  return all ? items : [];
}

/** `type` of a period tells the base rotation from overrides; the final timeline has both resolved already. */
function readTimeline(data: JsonRecord, place: Place, draft: Draft): void {
  const parent = isRecord(data["_parent"]) ? data["_parent"] : {};
  const schedule = textOf(parent["name"]) ?? "schedule";
  const final = isRecord(data["finalTimeline"]) ? data["finalTimeline"] : {};
  listOf(final["rotations"]).forEach((rotation, at) => {
    listOf(isRecord(rotation) ? rotation["periods"] : undefined).forEach((period, index) => {
      const here = place.at("finalTimeline", "rotations", at, "periods", index);
      if (!isRecord(period)) return;
      const recipient = isRecord(period["recipient"]) ? period["recipient"] : {};
      const person = textOf(recipient["name"]);
      const from = timeOf(period["startDate"]);
      const until = timeOf(period["endDate"]);
      // Nobody is called in a gap, and a team that is called has a rotation of its own.
      if (recipient["type"] !== "user") return;
      if (person === undefined || from === undefined || until === undefined) {
        draft.reject(here, "a period without recipient, `startDate` or `endDate`");
        return;
      }
      draft.count("periods");
      draft.add("shifts", {
        schedule,
        covers: [...new Set([schedule.toLowerCase(), schedule.toLowerCase().replace(/[_ -]schedule$/, "")])],
        person,
        from,
        until,
        level: 1,
        origin: here.origin,
      });
    });
  });
}

function readUser(user: JsonRecord, place: Place, draft: Draft): void {
  const id = (textOf(user["username"]) ?? "").toLowerCase();
  const name = textOf(user["fullName"]);
  const own = textOf(user["id"])?.toLowerCase();
  draft.count("users");
  draft.add("people", {
    id,
    ...(name === undefined ? {} : { name }),
    aliases: own === undefined ? [] : [own],
    // A blocked login is how somebody is taken out of Opsgenie; an open one says nothing about who works there.
    active: user["blocked"] === true ? false : "unknown",
    origin: place.origin,
  });
}
