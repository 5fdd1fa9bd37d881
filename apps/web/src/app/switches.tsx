import { Button } from '../ui/button.tsx'
import { chooseTheme, useThemeMode } from '../ui/theme.ts'
import { useTranslation } from '../ui/translation.ts'
import { chooseLanguage, language } from './i18n.ts'

export function LanguageSwitch() {
  const { t } = useTranslation()
  const other = language() === 'zh' ? 'en' : 'zh'
  return (
    <Button kind="quiet" onClick={() => void chooseLanguage(other)}>
      <span>
        <b className={other === 'en' ? undefined : 'muted light'} lang="zh-CN">
          中文
        </b>
        <span className="muted"> / </span>
        <b className={other === 'en' ? 'muted light' : undefined} lang="en">
          EN
        </b>
        <span className="sr-only">: {t('shell.language')}</span>
      </span>
    </Button>
  )
}

export function ThemeSwitch() {
  const { t } = useTranslation()
  const next = useThemeMode() === 'dark' ? 'light' : 'dark'
  const label = t(`shell.theme.${next}`)
  return (
    <Button kind="quiet" aria-label={label} title={label} onClick={() => chooseTheme(next)}>
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden>
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
    </Button>
  )
}
