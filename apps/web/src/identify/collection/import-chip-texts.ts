import { defineTexts } from '../../ui/text-pair.ts'

/** What narrows a list to what an import brought. */
export const texts = defineTexts({
  'list.field.createdByImport': { zh: '由导入新增', en: 'New by import' },
  'list.field.updatedByImport': { zh: '由导入更新', en: 'Updated by import' },
})
