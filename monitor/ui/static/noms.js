// The framework names its own controls in English: who listens to the page hears them in its language.
// `*` stands for what the framework puts in, `#` for the size of a file.
(() => {
  const NAMES = __NAMES__;
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "placeholder", "title"];
  const READ = "[data-testid=stFileUploader], [role=listbox], [data-testid=stTooltipContent],"
    + " [data-testid=stDateInputField], [data-testid=stSkipToContent], kbd";
  const patterns = {};
  for (const [lang, names] of Object.entries(NAMES)) {
    patterns[lang] = Object.entries(names).map(([english, said]) => {
      const exact = english.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
      return [new RegExp(`^${exact.replace("*", "(.+)").replace("#", "(\\d+\\.\\d)")}$`), said];
    });
  }
  const translated = (words, lang) => {
    for (const [english, said] of patterns[lang] ?? []) {
      const found = english.exec(words);
      if (!found) continue;
      return said.replace("#", () => Number(found[1]).toLocaleString(lang)).replace("*", () => found[1]);
    }
    return null;
  };
  // What was changed, to be put back where the reader turns to the framework's own language.
  let changed = [];
  const change = (node, read, write, lang) => {
    const english = read(node);
    const said = translated(english.trim(), lang);
    if (!said) return;
    write(node, said);
    changed.push({ node: new WeakRef(node), said, english, read, write });
  };
  const restore = () => {
    for (const { node, said, english, read, write } of changed) {
      const one = node.deref();
      if (one && read(one) === said) write(one, english);
    }
    changed = [];
  };
  const attribute = (name) => [
    (element) => element.getAttribute(name) ?? "",
    (element, words) => element.setAttribute(name, words),
  ];
  const ATTRIBUTE = Object.fromEntries(ATTRIBUTES.map((name) => [name, attribute(name)]));
  // In place: the framework goes on with the same nodes.
  const TEXT = [(node) => node.data, (node, words) => { node.data = words; }];
  let spoken = null;
  const speak = () => {
    const { lang } = document.documentElement;
    if (lang !== spoken) restore();
    spoken = lang;
    if (!patterns[lang]) return;
    for (const name of ATTRIBUTES) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        change(element, ...ATTRIBUTE[name], lang);
      }
    }
    for (const part of document.querySelectorAll(READ)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) change(texts.currentNode, ...TEXT, lang);
    }
    if (changed.length > 500) changed = changed.filter(({ node }) => node.deref()?.isConnected);
  };
  setInterval(speak, 300);
})();
