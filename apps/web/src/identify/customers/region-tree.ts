import { provinces } from '@zhike/contract/identify/divisions.ts'
import type { Cascade } from '../../ui/cascader.tsx'
import type { Region, RegionNode } from './region.ts'
import { soundsLike } from './sounds.ts'

const leaf = (name: string, above: Region): RegionNode => ({ name, region: { ...above, district: name }, below: [] })

/** The divisions as one chooses them: of a municipality, the districts follow at once. */
const tree: readonly RegionNode[] = provinces.map(({ name: province, prefectures, districts }) => {
  const cities = prefectures.map(({ name: city, districts: names }): RegionNode => {
    const region = { province, city }
    return { name: city, region, below: names.map((name) => leaf(name, region)) }
  })
  const straight = districts.map((name) => leaf(name, { province }))
  const [only] = cities
  if (only?.name === province) return only
  return { name: province, region: { province }, below: [...cities, ...straight] }
})

export const regions: Cascade<RegionNode> = { tree, sounds: soundsLike }
