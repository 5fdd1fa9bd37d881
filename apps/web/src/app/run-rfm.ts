import { useNavigate } from '@tanstack/react-router'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { say } from '../ui/messages.tsx'
import { useProblemText } from '../ui/problem.tsx'
import { useTranslation } from '../ui/translation.ts'
import { api } from './api.ts'

/** Runs the RFM analysis whose labels stand beside the customers; the notice of its end leads to it. */
export function useRunRfm(): () => Promise<void> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const problemText = useProblemText()
  return async () => {
    try {
      const { items } = await api(analyses.list, {})
      const ofRfm = items.filter(({ definition }) => definition.method === 'rfm')
      const chosen = ofRfm.find(({ writesLabels }) => writesLabels) ?? ofRfm[0]
      // Where there is none yet, its page offers the first one.
      if (!chosen) return navigate({ to: '/rfm', search: {} })
      await api(analyses.start, { params: { id: chosen.id }, body: {} })
      say({ text: t('palette.runRfm.started') })
    } catch (error) {
      say({ text: problemText(error).title, tone: 'bad' })
    }
  }
}
