import { fault } from "../errors.js";

export function tableOrJson(format = "table"): "table" | "json" {
  if (format === "table" || format === "json") return format;
  throw fault("bad-question", `the answer comes as table or json, not as \`${format}\``);
}
