import { bitmapOf, type Bitmap } from "../bitmap.js";
import type { ActorSet } from "../engine.js";

/** A set of actors over `AccessEngine.actors`: what a formula's and/or is computed with. */
export type Members = Bitmap;

/**
 * `full` stands for every actor there is, those outside the estate included: a property that already holds needs
 * nobody's right.
 */
export type MemberSet = Members | "full";

export const membersOf = (indices: Iterable<number>): Members => bitmapOf(indices);

export const union = (left: Members, right: ActorSet): Members => left.or(right);
export const without = (left: Members, right: ActorSet): Members => left.minus(right);
export const common = (left: Members, right: ActorSet): Members => left.and(right);
export const isEmpty = (set: MemberSet): boolean => set !== "full" && set.isEmpty;

export function intersect(left: MemberSet, right: MemberSet): MemberSet {
  if (left === "full") return right;
  return right === "full" ? left : common(left, right);
}

export function unite(left: MemberSet, right: MemberSet): MemberSet {
  return left === "full" || right === "full" ? "full" : union(left, right);
}
