import { describe, expect, test } from 'vitest'
import { blend, contrast, readableOn } from './contrast.ts'
import { dark, light, type Palette } from './palette.ts'

test('black on white has the contrast of the standard, 21 : 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

const surfaces: [keyof Palette, keyof Palette][] = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['muted', 'paper'],
  ['muted', 'card'],
  ['muted', 'graySoft'],
  ['jade', 'paper'],
  ['jade', 'card'],
  ['onJade', 'jade'],
  ['onJade', 'jadeHover'],
  ['jadeText', 'jadeSoft'],
  ['seal', 'card'],
  ['sealText', 'sealSoft'],
  ['goldText', 'goldSoft'],
  ['blueText', 'blueSoft'],
  ['nightInk', 'night'],
  ['nightMuted', 'night'],
  ['nightInk', 'nightRaised'],
]
describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, palette) => {
  test.each(surfaces)('%s reads on %s', (text, surface) => {
    expect(contrast(palette[text], palette[surface])).toBeGreaterThanOrEqual(4.5)
  })

  test('text on every shade of a heat map reads', () => {
    for (let share = 0; share <= 1; share += 0.02) {
      const shade = blend(palette.jadeSoft, palette.jade, share)
      expect(contrast(readableOn(shade, ['#000000', '#FFFFFF']), shade)).toBeGreaterThanOrEqual(4.5)
    }
  })
})
