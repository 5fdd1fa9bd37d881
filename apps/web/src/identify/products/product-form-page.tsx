import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { createProduct, editProduct, type Product } from '@zhike/contract/identify/catalog.ts'
import { useMe } from '../../app/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { type FormField, SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { productById, useCreateProduct, useEditProduct } from './product-queries.ts'

const editRoute = getRouteApi('/shell/products/$id/edit')

export function NewProductPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = useCreateProduct()
  const { company } = useMe()
  const fields = useFields(company?.currency ?? 'CNY')
  return (
    <Page title={t('products.new')} purpose={t('products.new.purpose')} above={<Link to="/products">{t('products.title')}</Link>}>
      <Card className="narrow-form">
        <SchemaForm
          schema={createProduct.body}
          fields={fields}
          submit={t('action.save')}
          beside={
            <Link to="/products" className={buttonClass()}>
              {t('action.cancel')}
            </Link>
          }
          onSubmit={async (body) => {
            const { id, name } = await create.mutateAsync(body)
            say({ text: t('product.saved', { name }) })
            await navigate({ to: '/products/$id', params: { id } })
          }}
        />
      </Card>
    </Page>
  )
}

export function EditProductPage() {
  const { t } = useTranslation()
  const { id } = editRoute.useParams()
  const { data, error, refetch } = useQuery(productById(id))
  return (
    <Page title={t('product.edit')} purpose={t('product.edit.purpose')} above={<Link to="/products">{t('products.title')}</Link>}>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && <EditForm product={data} />}
    </Page>
  )
}

function EditForm({ product }: { product: Product }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id, version, updatedAt: _, ...initial } = product
  const edit = useEditProduct(id)
  const fields = useFields(product.currency)
  return (
    <Card className="narrow-form">
      <SchemaForm
        schema={editProduct.body}
        fields={fields}
        initial={initial}
        submit={t('action.save')}
        beside={
          <Link to="/products/$id" params={{ id }} className={buttonClass()}>
            {t('action.cancel')}
          </Link>
        }
        onSubmit={async (body) => {
          await edit.mutateAsync({ version, body })
          say({ text: t('product.saved', { name: body.name }) })
          await navigate({ to: '/products/$id', params: { id } })
        }}
      />
    </Card>
  )
}

function useFields(currency: string): FormField[] {
  const { t } = useTranslation()
  const price = (name: 'price' | 'cost'): FormField => ({
    name,
    label: `${t(`product.${name}`)} (${currency})`,
    render: ({ value, set, ids }) => <NumberInput {...ids} value={value} unit={10_000} onChange={set} />,
  })
  return [
    { name: 'name', label: t('product.name'), autoFocus: true },
    { name: 'code', label: t('product.code'), help: t('product.code.help') },
    { name: 'category', label: t('product.category') },
    { name: 'brand', label: t('product.brand') },
    { name: 'unit', label: t('product.unit'), placeholder: t('product.unit.example') },
    price('price'),
    { ...price('cost'), help: t('product.cost.help') },
  ]
}
