// The address is the view: one step of « Back » for each act of the reader; links of ours stay in this
// tab, and those of the menu keep the view; the page is in the language of its address.
(() => {
  const [pages, team, view, tongues] = ["pages", "team", "view", "languages"].map(
    (name) => document.currentScript.dataset[name].split(" "),
  );
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  const first = document.documentElement.lang; // the reader's, where the address names none
  const speak = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    document.documentElement.lang = tongues.includes(asked) ? asked : first;
  };

  // The framework adds a step for each name that the server writes; words typed into one field are
  // one act.
  let acted = false;
  let field = null;
  const act = (event) => {
    const typed = event.type === "keydown" && event.target.matches?.("input, textarea");
    if (typed && event.key !== "Enter" && event.target === field) return;
    field = typed ? event.target : null;
    acted = true;
  };
  addEventListener("pointerdown", act, true);
  addEventListener("keydown", act, true);
  addEventListener("popstate", () => { acted = false; field = null; speak(); }, true);
  history.pushState = (...step) => {
    (acted ? push : replace)(...step);
    acted = false;
    speak();
  };
  history.replaceState = (...step) => { replace(...step); speak(); };

  const carried = (to) => {
    const here = new URLSearchParams(location.search);
    for (const name of view) {
      if (here.has(name)) to.searchParams.set(name, here.get(name));
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    const menu = link.closest("[data-testid=stSidebarNav]");
    if (to.origin !== location.origin || !(menu || link.closest("[data-testid=stMarkdownContainer]"))) return;
    if (!menu && team.includes(location.pathname)) return; // who writes or reviews stays where they are
    if (!pages.includes(to.pathname)) {
      link.target = "_self";
      return;
    }
    if (menu) carried(to);
    event.preventDefault();
    event.stopPropagation();
    push({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, true);
})();
