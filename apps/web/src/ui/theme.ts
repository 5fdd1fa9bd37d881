import { useSyncExternalStore } from 'react'
import { dark, light, type Palette } from './palette.ts'

export type ThemeMode = 'light' | 'dark'

const key = 'zhike.theme'
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
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
