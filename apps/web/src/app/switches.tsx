import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, language } from './i18n.ts'
import { chooseTheme, useThemeMode } from './theme.ts'

export function LanguageSwitch() {
  const { t } = useTranslation()
  const other = language() === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" onClick={() => void chooseLanguage(other)}>
      <b className={other === 'en' ? undefined : 'muted light'} lang="zh-CN">
        中文
      </b>
      <span className="muted"> / </span>
      <b className={other === 'en' ? 'muted light' : undefined} lang="en">
        EN
      </b>
      <span className="sr-only">: {t('shell.language')}</span>
    </Button>
  )
}

export function ThemeSwitch() {
  const { t } = useTranslation()
  const next = useThemeMode() === 'dark' ? 'light' : 'dark'
  return (
    <Tooltip title={t(`shell.theme.${next}`)}>
      <Button type="text" shape="circle" aria-label={t(`shell.theme.${next}`)} onClick={() => chooseTheme(next)}>
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden>
          <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.3" />
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </svg>
      </Button>
    </Tooltip>
  )
}
