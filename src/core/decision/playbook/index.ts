export { casePlaybook } from "./case-playbook.js";
export { checkedActions } from "./verification.js";
export {
  domains,
  type Approval,
  type CallLine,
  type Check,
  type Contact,
  type Domain,
  type DomainShare,
  type Playbook,
  type PlaybookClock,
  type PlaybookFollowUp,
  type PlaybookStep,
  type SupplierLetter,
} from "./playbook.js";
export { drillOf, type Drill } from "./drill.js";
