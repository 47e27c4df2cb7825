// Every kind of page there is, each by one address.
export function kinds(told) {
  const { url } = told;
  const list = [
    { name: 'home', path: '/', doors: true },
    { name: 'insight', path: `/i/${told.disputed}`, doors: true },
    { name: 'insight-few', path: `/i/${told.lonely ?? told.supporting}`, doors: true },
    { name: 'withdrawn', path: `/i/${told.withdrawn}`, status: 410 },
    { name: 'topics', path: '/topics' },
    { name: 'topic', path: '/topics/export-control', doors: true },
    { name: 'shows', path: '/shows' },
    { name: 'show', path: '/shows/1', doors: true },
    { name: 'search', path: '/search' },
    { name: 'search-found', path: '/search?q=chip+export+controls' },
    { name: 'search-nothing', path: '/search?q=zymurgy' },
    { name: 'search-odd', path: '/search?q=%ZZ', status: 400 },
    { name: 'not-found', path: '/nothing/is/here', status: 404 },
    { name: 'bad-page', path: '/topics?page=minus', status: 400 },
    { name: 'join-discord', path: `/join/discord?insight=${told.disputed.toString(36)}` },
    { name: 'private', path: told.private, private: true },
    { name: 'private-none', path: `/b/${'a'.repeat(26)}`, status: 404, private: true },
    { name: 'signed-out', path: '/status', status: 403, private: true, strangers: true },
    { name: 'status', path: '/status', private: true, operators: true },
    { name: 'explain', path: told.explained, private: true, operators: true },
    { name: 'explain-nobody', path: '/status/explain?reader=nobody', status: 404, private: true, operators: true },
    { name: 'empty-home', base: told.empty, path: '/' },
    { name: 'empty-topics', base: told.empty, path: '/topics' },
    { name: 'empty-shows', base: told.empty, path: '/shows' },
    { name: 'empty-search', base: told.empty, path: '/search?q=chips' },
  ];
  const wanted = (kind) => told.kinds.length === 0 || told.kinds.includes(kind.name);
  return list.filter(wanted).map((kind) => ({ status: 200, base: url, ...kind, url: (kind.base ?? url) + kind.path }));
}
