/** A hop of the list that has focus or pointer, marked in the drawing above it. */
const steps = Array.from(
  { length: 8 },
  (_, step) =>
    `.block:has(.h${step}:is(:focus-within,:hover)) .e${step} .wire:not(.inner){stroke:var(--accent)}.block:has(.h${step}:is(:focus-within,:hover)) .e${step} .tip{fill:var(--accent)}`,
).join("\n");

/** The one style of the report. No font, image or script is fetched; tokens and ratios are those of screens.md 2. */
export const style = `
:root{color-scheme:light dark;
--page:#F6F7F9;--surface:#FFFFFF;--sunken:#EDF0F4;--hover:#F1F3F7;--text:#161A22;--text-2:#465063;--text-3:#5A6477;--line:#DCE1E9;--control:#737E92;--accent:#2954C8;--good:#25613A;--mark:#FFF0B8;--mark-bar:#A86A00;
--self-t:#FFFFFF;--self-f:#B3201F;--out-t:#9A2A00;--out-f:#FFE9DD;--out-b:#C2410C;--yes-t:#7A4B00;--yes-b:#A86A00;--shared-t:#75306B;--shared-b:#9C4A90;--unknown-t:#5136A6;--unknown-b:#7A5FD0;--admins-t:#465063;--gov-t:#0B5F66;--cannot-t:#25613A}
@media (prefers-color-scheme:dark){:root{
--page:#0D1015;--surface:#14181F;--sunken:#090B0F;--hover:#1B212A;--text:#E7EAF0;--text-2:#AFB8C7;--text-3:#929CAE;--line:#2A313C;--control:#697588;--accent:#93B4FF;--good:#86D39B;--mark:#3A2F0C;--mark-bar:#F2C264;
--self-t:#2A0505;--self-f:#FF8A80;--out-t:#FFB38A;--out-f:#3A1A0B;--out-b:#D9683A;--yes-t:#F2C264;--yes-b:#A67A2A;--shared-t:#E9A6DD;--shared-b:#A8619B;--unknown-t:#C3B2FF;--unknown-b:#7E6BC4;--admins-t:#AFB8C7;--gov-t:#6FD0D6;--cannot-t:#86D39B}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:14px/20px Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
.wrap{max-width:1240px;margin:0 auto;padding:0 24px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:8px;background:var(--surface);color:var(--accent);padding:8px 12px;border-radius:4px;z-index:2}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
header{padding:36px 0 8px}
h1{font-size:26px;line-height:32px;font-weight:600;letter-spacing:-.01em;margin:0 0 12px}
h2{font-size:16px;line-height:24px;font-weight:600;margin:0}
h3{font-size:12px;line-height:16px;font-weight:600;color:var(--text-2);margin:0 0 8px}
p{margin:0}
.lead{color:var(--text-2)}
.counts{color:var(--text-2);margin-top:4px}
.note{color:var(--text-2);margin:12px 0 0}
section.part{margin:24px 0}
section.part>h2{margin:0 0 8px}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:8px;overflow:hidden}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:20px}
th{font-size:12px;line-height:16px;font-weight:500;color:var(--text-2);text-align:left;padding:12px 12px 8px;white-space:nowrap}
td{padding:12px;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
tbody tr:hover td{background:var(--hover)}
td.id{white-space:nowrap;font-weight:500}
td.id a{text-decoration:none}
td.id a:hover{text-decoration:underline}
td.words,td.due,td.tier{white-space:nowrap}
td.exposed{min-width:170px}
td.because{min-width:200px;color:var(--text)}
td.col-lead{min-width:132px}
td.role{font-size:12px;white-space:nowrap;color:var(--text-2)}
.weak{color:var(--text-2)}
.badge{display:inline-block;padding:1px 8px;border-radius:4px;border:1px solid transparent;font-weight:500;font-size:13px;line-height:18px;white-space:nowrap}
.self{background:var(--self-f);color:var(--self-t);border-color:var(--self-f);font-weight:600}
.outside{background:var(--out-f);color:var(--out-t);border-color:var(--out-b)}
.yes{color:var(--yes-t);border-color:var(--yes-b)}
.shared{color:var(--shared-t);border-color:var(--shared-b);border-left:4px double var(--shared-b)}
.unknown-word{color:var(--unknown-t);border-style:dashed;border-color:var(--unknown-b)}
.admins{color:var(--admins-t);padding-left:0}
.governed{color:var(--gov-t);padding-left:0}
.cannot{color:var(--cannot-t);padding-left:0}
.gap{color:var(--text-2);font-style:italic}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";display:inline-block;width:6px;height:6px;margin:0 10px 2px 2px;border-right:1.5px solid var(--control);border-bottom:1.5px solid var(--control);transform:rotate(-45deg);flex:none}
details[open]>summary::before{transform:rotate(45deg)}
.fold{border-top:1px solid var(--line)}
.fold>summary{padding:12px;font-size:13px;min-height:44px}
.fold>summary:hover{background:var(--hover)}
.fold table{border-top:1px solid var(--line)}
.case{background:var(--surface);border:1px solid var(--line);border-radius:8px;margin:0 0 12px;content-visibility:auto;contain-intrinsic-size:auto 72px}
.case>summary{display:flex;align-items:baseline;gap:4px 0;flex-wrap:wrap;padding:16px 20px;min-height:44px}
.case>summary:hover{background:var(--hover);border-radius:8px}
.case>summary .sentence{font-size:16px;line-height:24px;font-weight:600;flex:1 1 320px;overflow-wrap:anywhere;margin:0}
.case .ref{font-weight:500;color:var(--text-2);margin-right:12px;font-size:13px}
.case .status{flex-basis:100%;color:var(--text-2);font-size:13px;padding-left:18px}
.case .status .badge{margin-right:8px}
.body{padding:4px 20px 24px;scroll-margin-top:112px}
.block{padding:16px 0;border-top:1px solid var(--line)}
.line{display:grid;grid-template-columns:112px minmax(0,1fr) minmax(0,400px);gap:4px 16px;padding:4px 0}
.line.wide{grid-template-columns:112px minmax(0,1fr)}
.label{font-size:12px;line-height:20px;color:var(--text-2);font-weight:500}
.said{overflow-wrap:anywhere}
.duty{font-weight:500}
.duty .role{font-size:12px;letter-spacing:.02em}
.aside{color:var(--text-2);font-size:13px}
.hop .label{text-align:right;padding-right:4px;font-variant-numeric:tabular-nums}
.hop.back .said{background:var(--mark);border-left:3px solid var(--mark-bar);padding:0 8px;margin-left:-11px;align-self:start}
.back-flag{font-weight:600;white-space:nowrap}
.sources{font-size:12px;line-height:20px;color:var(--text-2);min-width:0}
.sources>span{display:block;overflow-wrap:anywhere}
.source>summary{display:inline-flex;align-items:baseline;color:var(--accent);overflow-wrap:anywhere;font-family:ui-monospace,"JetBrains Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-variant-ligatures:none;min-height:24px;line-height:24px}
.source>summary bdi{min-width:0}
.source>summary::before{margin-right:8px;border-color:var(--accent)}
.source .digest{color:var(--text-3);overflow-wrap:anywhere}
pre,code{font-family:ui-monospace,"JetBrains Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-variant-ligatures:none;font-size:12px;line-height:18px}
pre{background:var(--sunken);border-radius:4px;padding:8px 12px;margin:4px 0 8px;white-space:pre-wrap;overflow-wrap:anywhere}
.drawing{overflow-x:auto;margin:0 0 12px;background:var(--sunken);border-radius:8px}
.drawing svg{display:block;margin:0 auto}
.path text{font-family:inherit;fill:var(--text);font-size:12px}
.path .name{font-size:13px;font-weight:500}
.path .note,.path .verb,.path .right,.path .stop{fill:var(--text-2)}
.path .right{font-variant-ligatures:none}
.path .verb,.path .right,.path .flag-text{paint-order:stroke;stroke:var(--sunken);stroke-width:4px;stroke-linejoin:round}
.path .node,.path .fill{fill:var(--surface);stroke:var(--control);stroke-width:1.25}
.path .fill{stroke:none}
.path .line{fill:none;stroke:var(--control);stroke-width:1.25}
.path .hole{fill:none;stroke:var(--control)}
.path .resource .node{stroke:var(--text-2)}
.path .edge-bar{fill:var(--text-2)}
.path .wire{fill:none;stroke:var(--text-3)}
.path .b0{stroke-width:3}.path .b1{stroke-width:2.5}.path .b2{stroke-width:2}
.path .conditional .wire{stroke-dasharray:10 6}
.path .unknown .wire{stroke-dasharray:2 5;stroke-linecap:round}
.path .recurrence .outer{stroke:var(--out-b);stroke-width:7}
.path .recurrence .inner{stroke:var(--sunken);stroke-width:2.5}
.path .tip{fill:var(--text-3)}
.path .recurrence .tip{fill:var(--out-b)}
${steps}
.path .guard{fill:var(--surface);stroke:var(--out-b);stroke-width:1.5}
.path .flag{fill:none;stroke:var(--out-t);stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.path .flag-text{fill:var(--out-t);font-weight:600}
.path .bar{stroke:var(--text-2);stroke-width:3}
.list{margin:0;padding:12px 16px 12px 32px}
.list li{padding:2px 0;overflow-wrap:anywhere}
.clear{padding:28px 24px;font-size:16px;line-height:24px}
.clear p+p{font-size:13px;color:var(--text-2);margin-top:4px}
footer{color:var(--text-3);font-size:12px;line-height:18px;padding:16px 0 48px;overflow-wrap:anywhere}
bdi{unicode-bidi:isolate}
@media (max-width:1100px){.col-due{display:none}}
@media (max-width:960px){.col-contain,.col-tier{display:none}.line{grid-template-columns:96px minmax(0,1fr)}.sources{grid-column:2}}
@media (max-width:640px){.wrap{padding:0 16px}header{padding-top:20px}
table.cases,table.cases tbody{display:block}table.cases thead{position:absolute;left:-9999px}
table.cases tr{display:grid;grid-template-columns:auto 1fr;gap:4px 12px;padding:12px;border-top:1px solid var(--line)}
table.cases td{padding:0;border:0;min-width:0}
table.cases td.id{order:1;min-height:24px}table.cases td.words{order:2}table.cases td.exposed{order:3;grid-column:1/-1}table.cases td.because{order:4;grid-column:1/-1;color:var(--text-2)}table.cases td.col-lead{order:5;grid-column:1/-1}
.case>summary{padding:12px 16px}.body{padding:0 16px 16px}.line,.line.wide{grid-template-columns:minmax(0,1fr);gap:0}.sources{grid-column:1}.hop .label{text-align:left}.hop.back .said{margin-left:0}.case .status{padding-left:0}}
@media (forced-colors:active){.badge{border-color:CanvasText}.path .node,.path .wire,.path .line{stroke:CanvasText}}
@media print{:root{--page:#fff;--surface:#fff;--sunken:#fff;--text:#000;--text-2:#222;--text-3:#333;--self-f:#fff;--self-t:#000;--out-f:#fff;--out-t:#000}
body{font-size:11px;line-height:15px}.skip{display:none}.wrap{max-width:none;padding:0}.case{break-inside:avoid-page;content-visibility:visible;border-color:#999}
.badge{border-color:#000}details::details-content{content-visibility:visible!important;display:block!important;block-size:auto!important}.drawing{overflow:visible}.drawing svg{max-width:100%;height:auto}}
`;
