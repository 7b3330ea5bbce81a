const topic = '/topics/cyber-bullying'

/** Pages of each House behind its address; every topic that is open has one like this. */
export const publicPages = ['', '/topics', topic, '/calendar', '/request/topic', '/help', '/privacy', '/accessibility']

export const pagesWithoutTopics = publicPages.filter(page => page !== topic)
