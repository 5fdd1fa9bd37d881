const browsers = [
  [/Edg\//, 'Edge'],
  [/MicroMessenger\//, 'WeChat'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

/** Browser and system, in their own names, as a user agent tells them; undefined when it tells neither. */
export function deviceOf(userAgent: string | null): string | undefined {
  const found = [browsers, systems].map((names) => names.find(([mark]) => mark.test(userAgent ?? ''))?.[1])
  return found.filter(Boolean).join(' · ') || undefined
}
