const address = /([\p{L}\d._%+-])[\p{L}\d._%+-]*@([\p{L}\d-]+(?:\.[\p{L}\d-]+)+)/gu
const phone = /\+\d[\d ()-]{8,}\d/g
/** What stands for somebody in a path of ours: links in letters, feeds, codes on paper. */
const secretInPath = /(\/(?:r|i|s|f|o|u|c|sign-in|first)\/)[^/\s?"']+/g
const password = /(\/\/[^:@/\s]+:)[^@/\s]+@/g
const long = /[A-Za-z0-9_-]{20,}/g
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A text for the log: who is written to, telephones, passwords and whatever looks like a secret are made unreadable. */
export const masked = (text: string): string =>
  text
    .replace(password, '$1…@')
    .replace(address, '$1…@$2')
    .replace(phone, '+…')
    .replace(secretInPath, '$1…')
    .replace(long, word => (uuid.test(word) || !/\d/.test(word) || !/[A-Za-z]/.test(word) ? word : '…'))
