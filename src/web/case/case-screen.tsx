import { useParams } from "@tanstack/react-router";
import { ScreenTitle } from "../parts/screen-title.js";

export function CaseScreen() {
  const { id } = useParams({ from: "/cases/$id" });
  return <ScreenTitle text={id} />;
}
