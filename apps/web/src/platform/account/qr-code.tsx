import { QRCode } from 'antd'
import { WithAntd } from '../../ui/antd.tsx'

/** Black on white whatever the theme is: a camera reads it. */
export function QrCode({ value }: { value: string }) {
  return (
    <WithAntd>
      {/* What it is stands around it. */}
      <div aria-hidden>
        <QRCode value={value} type="svg" color="#000000" bgColor="#ffffff" size={168} />
      </div>
    </WithAntd>
  )
}
