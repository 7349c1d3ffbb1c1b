/** A figure of somebody else, which is never shown without where it comes from (R90, standards.md 3g). */
export interface CitedFigure {
  readonly figure: string;
  readonly says: string;
  /** The report that is named as its source. */
  readonly report: string;
  readonly citedBy: string;
  readonly publisher: "not verified";
}

/** What the state of one's own machine identities is often compared with. No figure of this estate rests on it. */
export const maturityFigure: CitedFigure = {
  figure: "88.5 %",
  says: "of organisations say they govern machine identities no better than those of people",
  report: "The 2024 Non-Human Identity Security Report",
  citedBy: "NHI Management Group",
  publisher: "not verified",
};

/** The one way it is put into words. */
export const citedText = ({ figure, says, report, citedBy, publisher }: CitedFigure): string =>
  `for comparison: ${figure} ${says} ("${report}", as cited by ${citedBy}; publisher ${publisher}); nothing here is measured by it`;
