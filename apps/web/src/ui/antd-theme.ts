import { theme as antd, type ThemeConfig } from 'antd'
import { fontFamily, paletteOf, type ThemeMode } from './theme.ts'

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
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
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
