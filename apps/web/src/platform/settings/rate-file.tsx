import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/messages.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { rateLines, UnreadableLine } from './rate-lines.ts'
import { useRatesAnew } from './rates-anew.ts'

/** Sets many rates at once; a line that cannot be read is named and nothing is set. */
export function RateFile() {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const readAnew = useRatesAnew()
  const [problem, setProblem] = useState<string>()
  const set = async (file: File) => {
    setProblem(undefined)
    try {
      const lines = rateLines(await file.text())
      if (lines.length === 0) return setProblem(t('rates.file.empty'))
      const { rates: count } = await api(rates.set, { body: { rates: lines } })
      say({ text: t('rates.done', { count }) })
      await readAnew()
    } catch (error) {
      setProblem(error instanceof UnreadableLine ? t('rates.file.wrong', { line: error.line, text: error.text }) : problemText(error).title)
    }
  }
  return (
    <Field label={t('rates.file')} help={t('rates.file.help')} problem={problem}>
      {(ids) => (
        <input
          type="file"
          className="input"
          accept=".csv,.txt,text/csv"
          {...ids}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            target.value = ''
            if (file) void set(file)
          }}
        />
      )}
    </Field>
  )
}
