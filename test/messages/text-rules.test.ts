import fc from 'fast-check'
import t from 'tap'
import { htmlOf, type Letter, textOf } from '../../src/base/letter.ts'
import { faultsOf, keyOf, messageKey, readTexts, textFields, textKeys } from '../../src/messages/text-rules.ts'
