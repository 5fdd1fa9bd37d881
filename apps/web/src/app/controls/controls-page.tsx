import { useState } from 'react'
import { z } from 'zod'
import { Badge } from '../../ui/badge.tsx'
import { Button, type ButtonKind } from '../../ui/button.tsx'
import type { CascadeNode } from '../../ui/cascade.ts'
import { Cascader } from '../../ui/cascader.tsx'
import { Chosen } from '../../ui/chosen.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Checkbox, Field, LongTextField, SelectField, TextField } from '../../ui/field.tsx'
import { Figure } from '../../ui/figure.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Hint } from '../../ui/hint.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Popover } from '../../ui/popover.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { LanguageSwitch, ThemeSwitch } from '../switches.tsx'

const kinds: ButtonKind[] = ['primary', 'plain', 'quiet', 'danger', 'link']
const tones = ['jade', 'seal', 'gold', 'blue', 'gray'] as const

/** Every shared control in its states, with invented data. For those who build pages, so it is in one language. */
export function ControlsPage() {
  return (
    <Page
      title="Shared controls"
      purpose="Every control of ui/, alive: try the keyboard, 390 px, both themes and both languages."
      actions={
        <>
          <LanguageSwitch />
          <ThemeSwitch />
        </>
      }
    >
      <div className="stack">
        <Buttons />
        <Fields />
        <Choices />
        <Found />
        <Layers />
        <Told />
        <Figures />
        <Rows />
      </div>
    </Page>
  )
}

function Buttons() {
  return (
    <Card title="Button, Badge">
      <div className="toolbar">
        {kinds.map((kind) => (
          <Button key={kind} kind={kind}>
            {kind}
          </Button>
        ))}
        <Button small>small</Button>
        <Button busy>busy</Button>
        <Button disabled>disabled</Button>
      </div>
      <div className="badges">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </div>
    </Card>
  )
}

const Draft = z.strictObject({
  name: z.string().trim().min(1).max(20),
  email: z.email(),
  level: z.enum(['gold', 'silver']).optional(),
})

function Fields() {
  const [text, setText] = useState('欧阳静怡')
  const [long, setLong] = useState('')
  return (
    <Card title="TextField, SelectField, LongTextField, SchemaForm">
      <TextField label="With help" help="What helps" value={text} onChange={setText} />
      <TextField label="With a problem" problem="What is wrong" value={text} onChange={setText} />
      <LongTextField label="Long" value={long} onChange={setLong} />
      <SchemaForm
        schema={Draft}
        submit="Submit"
        fields={[
          { name: 'name', label: 'Name', heading: 'From a contract’s schema', half: true },
          { name: 'email', label: 'E-mail', control: 'email', wrong: 'Write it like name@example.com', half: true },
          {
            name: 'level',
            label: 'Level',
            options: [
              { value: 'gold', label: 'Gold' },
              { value: 'silver', label: 'Silver' },
            ],
          },
        ]}
        onSubmit={async (body) => say({ text: JSON.stringify(body) })}
      />
    </Card>
  )
}

function Choices() {
  const [checked, setChecked] = useState(true)
  const [view, setView] = useState<'table' | 'picture'>('table')
  const [tab, setTab] = useState<'one' | 'two'>('one')
  const [level, setLevel] = useState('gold')
  return (
    <Card title="Checkbox, Segments, Tabs, SelectField">
      <Checkbox checked={checked} onChange={setChecked}>
        Checkbox
      </Checkbox>
      <div>
        <Segments
          label="View"
          value={view}
          options={[
            { value: 'table', label: 'Table' },
            { value: 'picture', label: 'Picture' },
          ]}
          onChange={setView}
        />
      </div>
      <SelectField
        label="Level"
        value={level}
        options={[
          { value: 'gold', label: 'Gold' },
          { value: 'silver', label: 'Silver' },
        ]}
        onChange={setLevel}
      />
      <Tabs
        label="Parts"
        active={tab}
        tabs={[
          { key: 'one', label: 'One' },
          { key: 'two', label: 'Two' },
        ]}
        onChange={setTab}
      >
        <p>{tab}</p>
      </Tabs>
    </Card>
  )
}

const people = Array.from({ length: 300 }, (_, n) => ({
  value: `p${n}`,
  label: `Person ${n + 1}`,
  hint: n % 3 === 0 ? 'Harbour' : undefined,
}))
const tree: readonly CascadeNode[] = ['North', 'South'].map((side) => ({
  name: side,
  below: ['Hill', 'Lake'].map((place) => ({
    name: `${side} ${place}`,
    below: ['East', 'West'].map((end) => ({ name: `${place} ${end}`, below: [] })),
  })),
}))

function Found() {
  const [text, setText] = useState('')
  const [person, setPerson] = useState('')
  const [part, setPart] = useState<string>()
  const [several, setSeveral] = useState(['p1', 'p2'])
  const [way, setWay] = useState<readonly string[]>(['South', 'South Lake'])
  const matching = people.filter(({ label }) => label.toLowerCase().includes((part ?? '').toLowerCase()))
  return (
    <Card title="SearchInput, Combobox, Chosen, Cascader">
      <SearchInput label="Search" placeholder="What it looks in" text={text} onSearch={setText} />
      <Field label="One of three hundred">
        {(ids) => (
          <Combobox
            {...ids}
            value={person}
            shown={people.find(({ value }) => value === person)?.label ?? 'Nobody'}
            options={[{ value: '', label: 'Nobody' }, ...matching]}
            onSearch={setPart}
            onChange={setPerson}
          />
        )}
      </Field>
      <span className="badges">
        <Chosen
          items={several.map((value) => ({ value, label: value }))}
          remove={(label) => `Remove ${label}`}
          onRemove={(value) => setSeveral(several.filter((each) => each !== value))}
        />
      </span>
      <Field label="In steps">
        {(ids) => (
          <Cascader
            {...ids}
            value={way}
            placeholder="Choose, or type"
            load={async () => ({ tree })}
            onChange={(path) => setWay(path.map(({ name }) => name))}
          />
        )}
      </Field>
    </Card>
  )
}

function Layers() {
  const [open, setOpen] = useState(false)
  return (
    <Card title="Popover, Menu, Dialog, Tooltip, say">
      <div className="toolbar">
        <Popover label="Popover" button="Popover">
          <p>Beside its button.</p>
        </Popover>
        <Menu
          label="Menu"
          button="Menu"
          items={[
            { key: 'a', label: 'One', onChoose: () => say({ text: 'One' }) },
            { key: 'b', label: 'Takes away', danger: true },
          ]}
        />
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Tooltip text="Words beside it">{(describedBy) => <Button {...describedBy}>Tooltip</Button>}</Tooltip>
        <Button onClick={() => say({ text: 'Changed', undo: () => say({ text: 'Taken back' }) })}>say with undo</Button>
        <Button onClick={() => say({ text: 'It could not be saved', tone: 'bad' })}>say bad</Button>
      </div>
      {open && (
        <Dialog title="Dialog" onClose={() => setOpen(false)} actions={<Button onClick={() => setOpen(false)}>Close</Button>}>
          <p>Over everything until it is answered.</p>
        </Dialog>
      )}
    </Card>
  )
}

function Told() {
  return (
    <Card title="Notice, Hint, Progress, Skeleton, Empty, ProblemNotice">
      <Notice title="Info">With a line below.</Notice>
      <Notice tone="good" title="Good" />
      <Notice tone="warning" title="Warning" />
      <Notice tone="bad" title="Bad" />
      <Hint name="controls">A first step, until it is read.</Hint>
      <Progress label="Known" share={0.4} />
      <Progress label="Unknown" share={undefined} />
      <Skeleton rows={3} />
      <ProblemNotice error={new TypeError('lost')} retry={() => say({ text: 'Again' })} />
      <Empty title="Nothing here yet" text="What belongs here, and the next step." action={<Button kind="primary">Next step</Button>} />
    </Card>
  )
}

function Figures() {
  const formats = useFormats()
  return (
    <div className="figures">
      <Figure
        name="Net spend"
        value={formats.money(4_821_000)}
        note="12 orders"
        about={{ formula: 'orders − returns', unit: 'CNY', source: 'orders', asOf: '2026-11-21' }}
      />
      <Figure name="Large" value={formats.count(123_456_789)} about={{ formula: 'All of them' }} />
    </div>
  )
}

const rows = Array.from({ length: 1000 }, (_, n) => ({ id: String(n + 1), name: `Row ${n + 1}` }))

function Rows() {
  return (
    <DataTable
      label="A thousand rows"
      rows={rows}
      columns={[
        { key: 'id', title: 'Number', width: '100px', render: ({ id }) => id },
        { key: 'name', title: 'Name', width: '1fr', render: ({ name }) => name },
      ]}
      rowKey={({ id }) => id}
      card={({ name }) => <b>{name}</b>}
      onOpen={({ name }) => say({ text: name })}
      hasMore={false}
      loadingMore={false}
      loadMore={() => {}}
    />
  )
}
