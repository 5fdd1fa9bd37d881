import type { UserState } from '@zhike/contract/platform/users.ts'
import type { Tone } from '../../ui/badge.tsx'

export const stateTones: Record<UserState, Tone> = { invited: 'blue', active: 'jade', disabled: 'gray' }
