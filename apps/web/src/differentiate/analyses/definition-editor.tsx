import { useQuery } from '@tanstack/react-query'
import { type Analysis, AnalysisDraft, type AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import { fieldIssues } from '@zhike/contract/field-issues.ts'
import { Locale } from '@zhike/contract/texts/locale.ts'
import { fieldProblemText } from '@zhike/contract/texts/problems.ts'
import { type FormEvent, useState } from 'react'
import { useMe } from '../../app/session.ts'
import { channelList } from '../../identify/customers/customer-queries.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx'
import { minorDigits } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useSaveAnalysis, useStartRun } from './analysis-queries.ts'
import { type CutOffs, draftOf, type TypedDefinition, typedOf } from './draft.ts'
import { MethodFields } from './method-fields.tsx'
import { ScheduleFields } from './schedule-fields.tsx'

interface Props {
  method: AnalysisMethod
  /** Absent: a new one is made. */
  analysis: Analysis | undefined
  newName: string
  asOf: string | undefined
  found: CutOffs | undefined
  onClose: () => void
  onStarted: (runId: string) => void
}

/** How the editor's fields are written and what is wrong with them, by their place in the contract. */
export interface EditorFields {
  typed: TypedDefinition
  set: (change: Partial<TypedDefinition>) => void
  problem: (path: string) => string | undefined
}

/** Changes the definition of an analysis and runs it: earlier results keep the definition that they were made by. */
export function DefinitionEditor({ method, analysis, newName, asOf, found, onClose, onStarted }: Props) {
  const { t, i18n } = useTranslation()
  const scale = 10 ** minorDigits(useMe().company?.currency ?? 'CNY')
  const [typed, setTyped] = useState(() => typedOf(method, newName, analysis, found, scale))
  const [day, setDay] = useState(asOf ?? '')
  const [wrong, setWrong] = useState<{ field: string; message: string }[]>([])
  const save = useSaveAnalysis()
  const start = useStartRun()
  const fields: EditorFields = {
    typed,
    set: (change) => setTyped((now) => ({ ...now, ...change })),
    problem: (path) => wrong.find(({ field }) => field === path || field.startsWith(`${path}.`))?.message,
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const draft = draftOf(method, typed, scale)
    const parsed = AnalysisDraft.safeParse(draft, { reportInput: true })
    const issues = parsed.error?.issues.flatMap((issue) => fieldIssues(issue, 'body')) ?? []
    const locale = Locale.parse(i18n.language)
    setWrong(issues.map(({ field, code, values }) => ({ field, message: fieldProblemText(code, locale, values) })))
    if (!parsed.success) return
    const saved = await save.mutateAsync({ analysis, draft }).catch(() => undefined)
    if (!saved) return
    const run = await start.mutateAsync({ analysisId: saved.id, asOf: day || undefined }).catch(() => undefined)
    if (run) onStarted(run.id)
  }
  return (
    <Dialog wide title={t('analysis.editor.title', { name: typed.name })} onClose={onClose}>
      <form noValidate className="definition-form" onSubmit={(event) => void submit(event)}>
        {save.isError && <ProblemNotice error={save.error} />}
        {start.isError && <ProblemNotice error={start.error} />}
        <p className="muted small">{t('analysis.editor.note', { version: (analysis?.version ?? 0) + 1 })}</p>
        <div className="definition-fields">
          <TextField
            label={t('analysis.name')}
            value={typed.name}
            maxLength={80}
            problem={fields.problem('body.name')}
            onChange={(name) => fields.set({ name })}
          />
          <TextField type="date" label={t('analysis.asOf')} help={t('analysis.asOf.help')} value={day} onChange={setDay} />
          <TextField
            label={t('analysis.window')}
            help={t('analysis.window.help')}
            inputMode="numeric"
            value={typed.windowMonths}
            problem={fields.problem('body.definition.basis.windowMonths')}
            onChange={(windowMonths) => fields.set({ windowMonths })}
          />
          <SelectField
            label={t('analysis.returns')}
            value={typed.returns}
            options={(['deduct', 'ignore'] as const).map((value) => ({ value, label: t(`analysis.returns.${value}`) }))}
            onChange={(returns) => fields.set({ returns })}
          />
        </div>
        <ChannelFields {...fields} />
        <MethodFields method={method} {...fields} />
        <ScheduleFields {...fields} />
        <Checkbox checked={typed.writesLabels} onChange={(writesLabels) => fields.set({ writesLabels })}>
          {t('analysis.writesLabels')}
        </Checkbox>
        <footer className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending || start.isPending}>
            {t('analysis.saveAndRun')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function ChannelFields({ typed, set, problem }: EditorFields) {
  const { t } = useTranslation()
  const channels = useQuery(channelList)
  const wrong = problem('body.definition.basis.channels')
  if (!channels.data || channels.data.items.length < 2) return null
  return (
    <fieldset className="plain-fieldset">
      <legend>
        {t('analysis.channels')} <span className="muted small">{t('analysis.channels.help')}</span>
      </legend>
      <div className="check-row">
        {channels.data.items.map(({ code, name }) => (
          <Checkbox
            key={code}
            checked={typed.channels.includes(code)}
            onChange={(on) => set({ channels: on ? [...typed.channels, code] : typed.channels.filter((each) => each !== code) })}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      {wrong && <span className="field-problem">{wrong}</span>}
    </fieldset>
  )
}
