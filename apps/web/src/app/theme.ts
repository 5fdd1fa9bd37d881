import { theme as antd, type ThemeConfig } from 'antd'
import { useSyncExternalStore } from 'react'
import { dark, light, type Palette } from './palette.ts'

export type ThemeMode = 'light' | 'dark'

const key = 'zhike.theme'
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)')
const listeners = new Set<() => void>()

/** What the reader chose, else what the device prefers. */
export function themeMode(): ThemeMode {
  const chosen = localStorage.getItem(key)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return systemDark.matches ? 'dark' : 'light'
}

export function chooseTheme(mode: ThemeMode): void {
  localStorage.setItem(key, mode)
  applyTheme()
}

export const paletteOf = (mode: ThemeMode): Palette => (mode === 'dark' ? dark : light)

/** Puts the palette into CSS variables (`--jade-soft`) for our own style sheets, and tells who listens. */
export function applyTheme(): void {
  const mode = themeMode()
  const root = document.documentElement
  root.dataset['theme'] = mode
  root.style.colorScheme = mode
  for (const [name, value] of Object.entries(paletteOf(mode))) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)
  }
  for (const listener of listeners) listener()
}
systemDark.addEventListener('change', applyTheme)

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, themeMode)
}

export const fontFamily =
  "'Noto Sans SC Variable', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, -apple-system, 'Segoe UI', sans-serif"

/** The design's tokens for antd's components: thin lines, no shadows. */
export function antdTheme(mode: ThemeMode): ThemeConfig {
  const palette = paletteOf(mode)
  const outline = `0 0 0 1px ${palette.line}`
  return {
    algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: palette.jade,
      colorPrimaryHover: palette.jadeHover,
      colorPrimaryActive: palette.jadeHover,
      colorWarning: palette.gold,
      colorWarningBg: palette.goldSoft,
      colorWarningBorder: palette.line,
      colorErrorBg: palette.sealSoft,
      colorErrorBorder: palette.line,
      colorSuccessBg: palette.jadeSoft,
      colorSuccessBorder: palette.line,
      colorInfoBg: palette.blueSoft,
      colorInfoBorder: palette.line,
      colorInfo: palette.blue,
      colorError: palette.seal,
      colorSuccess: palette.jade,
      colorLink: palette.jade,
      colorTextBase: palette.ink,
      colorBgBase: palette.card,
      colorBgContainer: palette.card,
      colorBgElevated: palette.card,
      colorBgLayout: palette.paper,
      colorText: palette.ink,
      colorTextSecondary: palette.muted,
      colorTextTertiary: palette.muted,
      colorTextDescription: palette.muted,
      colorTextPlaceholder: palette.muted,
      colorErrorText: palette.sealText,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorTextLightSolid: palette.onJade,
      borderRadius: 9,
      borderRadiusLG: 12,
      controlHeight: 36,
      fontFamily,
      fontSize: 14,
      boxShadow: 'none',
      boxShadowSecondary: outline,
      boxShadowTertiary: 'none',
      wireframe: false,
      motion: !lessMotion.matches,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: palette.onJade },
      Input: { activeShadow: `0 0 0 2px ${palette.jadeSoft}` },
      Select: { optionSelectedBg: palette.jadeSoft },
      Tabs: { horizontalMargin: '0 0 12px', titleFontSize: 14 },
      Tooltip: { colorTextLightSolid: palette.nightInk, colorBgSpotlight: palette.night },
      Progress: { defaultColor: palette.jade, remainingColor: palette.graySoft },
      Modal: { contentBg: palette.card },
    },
  }
}
