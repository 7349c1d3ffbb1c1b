import type { Analysis } from "../../core/decision/index.js";
export interface HtmlOptions {
  readonly all: boolean;
  readonly verbose: boolean;
  readonly notice?: string;
  readonly elapsed?: number;
}
export const renderHtml = (_analysis: Analysis, _options: HtmlOptions): string => "";
