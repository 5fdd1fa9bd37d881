/** The colours of the product. The dark set is its own, not an inversion. Texts on each surface reach 4.5 : 1 (see the test). */
export interface Palette {
  paper: string
  card: string
  line: string
  ink: string
  muted: string
  jade: string
  jadeHover: string
  jadeSoft: string
  gold: string
  jadeText: string
  onJade: string
  seal: string
  sealSoft: string
  sealText: string
  goldSoft: string
  goldText: string
  blue: string
  blueSoft: string
  blueText: string
  graySoft: string
  night: string
  nightRaised: string
  nightInk: string
  nightMuted: string
}

export const light: Palette = {
  paper: '#F6F4EF',
  card: '#FFFDF9',
  line: '#E4DFD3',
  ink: '#22302C',
  muted: '#5F6B65',
  jade: '#2C7A68',
  jadeHover: '#226353',
  gold: '#B98A2F',
  jadeSoft: '#E3F0EB',
  jadeText: '#226353',
  onJade: '#FFFFFF',
  seal: '#C2452D',
  sealSoft: '#FBE9E3',
  sealText: '#A63A24',
  goldSoft: '#F8EFD9',
  goldText: '#7A5A14',
  blue: '#3C6E9F',
  blueSoft: '#E4EEF7',
  blueText: '#2F5F8F',
  graySoft: '#EFECE4',
  night: '#1F2D29',
  nightRaised: '#2F3E39',
  nightInk: '#F3F1EA',
  nightMuted: '#A3B2AB',
}

export const dark: Palette = {
  paper: '#131917',
  card: '#1A2220',
  line: '#303B37',
  ink: '#E9E6DE',
  muted: '#A0ADA6',
  jade: '#5FB9A1',
  jadeHover: '#7FCFB9',
  gold: '#D9B35E',
  jadeSoft: '#1F3831',
  jadeText: '#86D2BD',
  onJade: '#0D1714',
  seal: '#E8866F',
  sealSoft: '#40261F',
  sealText: '#F2A28E',
  goldSoft: '#3A311C',
  goldText: '#E3C277',
  blue: '#8AB4DD',
  blueSoft: '#203245',
  blueText: '#A3C6E8',
  graySoft: '#29322F',
  night: '#0E1412',
  nightRaised: '#202B27',
  nightInk: '#E9E6DE',
  nightMuted: '#95A39C',
}
