import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntdApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from './api.ts'
import { language } from './i18n.ts'
import { router } from './router.tsx'
import { styleNonce } from './styled-by-nonce.ts'
import { antdTheme, useThemeMode } from './theme.ts'

export function App() {
  useTranslation()
  const mode = useThemeMode()
  const theme = useMemo(() => antdTheme(mode), [mode])
  return (
    <ConfigProvider theme={theme} locale={language() === 'en' ? en : zh} csp={{ nonce: styleNonce }} button={{ autoInsertSpace: false }}>
      <AntdApp component={false}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  )
}
