import { App as AntdApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { antdTheme } from './antd-theme.ts'
import { styleNonce } from './styled-by-nonce.ts'
import { useThemeMode } from './theme.ts'
import { useTranslation } from './translation.ts'

/**
 * Around what uses antd, in the product's look. Imported by pages that are loaded when they are opened, never by the shell or a list:
 * it weighs as much as everything else together.
 */
export function WithAntd({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const mode = useThemeMode()
  const theme = useMemo(() => antdTheme(mode), [mode])
  return (
    <ConfigProvider theme={theme} locale={i18n.language === 'en' ? en : zh} csp={{ nonce: styleNonce }} button={{ autoInsertSpace: false }}>
      <AntdApp component={false}>{children}</AntdApp>
    </ConfigProvider>
  )
}
