export { placePipelines } from "./place-pipelines.js";
export { githubWorkflowReader } from "./reader.js";
