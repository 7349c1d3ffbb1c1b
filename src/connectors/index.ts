export { createReach, wrongAllowance, wrongTarget, type Reach } from "./webhook/reach.js";
export { sendWebhook, type SendOptions, type Sent, type WebhookMessage } from "./webhook/send-webhook.js";
export { isSignedBy } from "./webhook/signed-by.js";
