export const demoSeed = 20_260_401

/** Two years up to yesterday, so that "3 days ago" is true on the screens. */
export const lastDayOfDemo = (now: Date): string => new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)
