/** Cases of the seeded installation whose worst route is as long as is drawn, and longer. */
export const [longCase, longFoldedCase] = ["R-LONGPATH", "R-LONGERPATH"] as const;
