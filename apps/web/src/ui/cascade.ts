/** A place in a tree to choose from. */
export interface CascadeNode {
  name: string
  below: readonly this[]
}

/** A way from the top of the tree down to what is meant. */
export type Path<Node> = readonly Node[]

/** The nodes of names, from the top down, as far as the tree has them. */
export function nodesOf<Node extends CascadeNode>(tree: readonly Node[], names: readonly string[]): Node[] {
  const found: Node[] = []
  let here: readonly Node[] = tree
  for (const name of names) {
    const node = here.find((each) => each.name === name)
    if (!node) break
    found.push(node)
    here = node.below
  }
  return found
}

/** Every way down, to each node on it. */
export function pathsOf<Node extends CascadeNode>(tree: readonly Node[], above: Path<Node> = []): Path<Node>[] {
  return tree.flatMap((node) => {
    const path = [...above, node]
    return [path, ...pathsOf(node.below, path)]
  })
}

/**
 * The ways to what is typed, the best first: names that begin with it, that hold it, that sound like it (`sounds`), and those whose
 * whole way has its characters in their order (杭州西湖 is 浙江省 / 杭州市 / 西湖区).
 */
export function search<Node extends CascadeNode>(
  paths: readonly Path<Node>[],
  typed: string,
  sounds: (name: string, typed: string) => boolean,
  most: number,
): Path<Node>[] {
  const text = typed.trim().toLowerCase()
  const ranks = [0, 1, 2, 3].map((): Path<Node>[] => [])
  for (const path of paths) {
    const name = path.at(-1)?.name.toLowerCase() ?? ''
    const at = name.indexOf(text)
    const rank = at === 0 ? 0 : at > 0 ? 1 : sounds(name, text) ? 2 : isAlong(path, name, text) ? 3 : undefined
    if (rank !== undefined) ranks[rank]?.push(path)
  }
  return ranks.flat().slice(0, most)
}

/** Whether the characters typed stand on the way in their order, the last of them in the name itself. */
function isAlong(path: Path<CascadeNode>, name: string, text: string): boolean {
  const characters = [...text.replaceAll(/[\s/,，]+/g, '')]
  // Of two characters there are too many that only happen to stand in that order.
  if (path.length < 2 || characters.length < 3 || !name.includes(characters.at(-1) ?? ' ')) return false
  const way = path.map((node) => node.name.toLowerCase()).join('')
  let place = -1
  return characters.every((character) => (place = way.indexOf(character, place + 1)) >= 0)
}
