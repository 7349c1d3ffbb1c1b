export { resourcePoliciesReader } from "./reader.js";
export { queueEncryption, splitFunctionArn, topicEncryption } from "./shapes.js";
