import { useMemo, useState } from 'react'
import { type CascadeNode, nodesOf, type Path, pathsOf, search } from './cascade.ts'
import { ListLayer, ListOption, type PickerIds, useListLayer } from './list-layer.tsx'
import { useProblemText } from './problem.tsx'
import { useTranslation } from './translation.ts'

interface Props<Node extends CascadeNode> extends PickerIds {
  /** Names from the top down. */
  value: readonly string[]
  onChange: (path: Path<Node>) => void
  /** Reads the tree; called when the list is opened. */
  load: () => Promise<Cascade<Node>>
  placeholder?: string
}

export interface Cascade<Node extends CascadeNode> {
  tree: readonly Node[]
  /** Whether what is typed means a name by its sounds. */
  sounds?: (name: string, typed: string) => boolean
}

const mostFound = 50
const between = ' / '
const silent = () => false
const nothing: readonly never[] = []

/**
 * A choice in steps, each a list: ↓ ↑ move, Enter or → goes a step down, ← one up, Backspace takes the last step away. Typing finds
 * what is meant at any depth. What is chosen so far counts, however deep.
 */
export function Cascader<Node extends CascadeNode>(props: Props<Node>) {
  const { value, onChange, load, placeholder, ...ids } = props
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [cascade, setCascade] = useState<Cascade<Node>>()
  const { tree = nothing, sounds = silent } = cascade ?? {}
  const [failed, setFailed] = useState<unknown>()
  const [typed, setTyped] = useState<string>()
  /** The step whose list is shown; without it the one to be chosen next, or the last. */
  const [wanted, setWanted] = useState<number>()
  const paths = useMemo(() => pathsOf(tree), [tree])
  const chosen = useMemo(() => nodesOf(tree, value), [tree, value])
  const last = chosen.at(-1)
  const depth = wanted ?? (last && last.below.length === 0 ? chosen.length - 1 : chosen.length)
  const above = chosen.slice(0, depth)
  const found = useMemo(
    () => (typed === undefined || typed.trim() === '' ? undefined : search(paths, typed, sounds, mostFound)),
    [paths, typed, sounds],
  )
  const step = (depth === 0 ? tree : above.at(-1)?.below) ?? []
  const options: Path<Node>[] = found ?? step.map((node) => [...above, node])

  const layer = useListLayer({
    count: options.length,
    start: found
      ? 0
      : Math.max(
          0,
          step.findIndex((node) => node === chosen[depth]),
        ),
    onChoose: choose,
    onOpen: () => {
      setFailed(undefined)
      if (!cascade) load().then(setCascade, setFailed)
    },
    onClose: () => goTo(undefined),
  })

  function goTo(to: number | undefined) {
    setTyped(undefined)
    setWanted(to)
  }
  function choose(index: number) {
    const path = options[index]
    if (!path) return
    onChange(path)
    if (path.at(-1)?.below.length === 0) return layer.close()
    goTo(path.length)
    layer.show()
  }
  function up() {
    if (!cascade) return layer.show()
    onChange(value.length > chosen.length ? chosen : chosen.slice(0, -1))
    goTo(undefined)
    layer.show()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const { key, nativeEvent } = event
    const typing = typed !== undefined && typed !== ''
    if (typing || nativeEvent.isComposing || !['ArrowLeft', 'ArrowRight', 'Backspace'].includes(key)) return layer.onKey(event)
    if (key === 'Backspace') up()
    else if (!layer.open) return
    else if (key === 'ArrowRight') choose(layer.active)
    else if (depth > 0) goTo(depth - 1)
    event.preventDefault()
  }
  const shown = value.join(between)
  const steps = chosen.filter(({ below }) => below.length > 0).map(({ name }) => name)
  return (
    <ListLayer
      of={layer}
      field={
        <input
          {...layer.field}
          {...ids}
          className="input picker-field"
          value={typed ?? shown}
          placeholder={placeholder}
          onChange={({ target }) => {
            layer.show()
            setTyped(target.value.startsWith(shown) ? target.value.slice(shown.length) : target.value)
          }}
          onKeyDown={onKeyDown}
        />
      }
      above={
        <div className="cascade-way">
          {[t('cascade.top'), ...steps].map((name, index) => (
            <button
              key={name}
              type="button"
              tabIndex={-1}
              aria-current={found === undefined && index === depth ? 'step' : undefined}
              onClick={() => {
                goTo(index)
                layer.show()
              }}
            >
              {name}
            </button>
          ))}
        </div>
      }
      options={options.map((path, index) => {
        const node = path.at(-1) as Node
        return (
          <ListOption
            key={path.map(({ name }) => name).join(between)}
            of={layer}
            index={index}
            chosen={path.every((each, i) => each === chosen[i])}
            onChoose={choose}
          >
            <span>{node.name}</span>
            <span className="muted small">
              {found
                ? path
                    .slice(0, -1)
                    .map(({ name }) => name)
                    .join(between)
                : node.below.length > 0 && '›'}
            </span>
          </ListOption>
        )
      })}
      below={failed ? problemText(failed).title : cascade ? options.length === 0 && t('picker.nothing') : t('state.loading')}
    />
  )
}
