import type { CascadeNode } from '../../ui/cascade.ts'

/** Where somebody lives, as it is kept: official names, or whatever was typed for a place outside China. */
export interface Region {
  province?: string | undefined
  city?: string | undefined
  district?: string | undefined
}

/** They are chosen and saved together. */
export const regionParts = ['province', 'city', 'district'] as const satisfies readonly (keyof Region)[]

/** Whether a field of a customer is a part of the region. */
export const isRegionPart = (field: string): boolean => (regionParts as readonly string[]).includes(field)

/** A division with all that choosing it says. */
export interface RegionNode extends CascadeNode {
  region: Region
}

/** The way to a region, as one reads it: a municipality is named once. */
export const wayOf = ({ province, city, district }: Region): string[] =>
  [province, city === province ? undefined : city, district].filter((part) => part !== undefined)

/** Whether a region is none of the list: it is written in other letters. */
export const isForeign = (region: Region): boolean => wayOf(region).some((part) => !/\p{Script=Han}/u.test(part))
