import { writeFileSync } from 'node:fs'
import { settingsPage } from '../apps/server/src/settings-page.ts'

/** Writes the reference page of the settings from their table; a test keeps it true. */
writeFileSync(new URL('../docs/settings.md', import.meta.url), settingsPage())
