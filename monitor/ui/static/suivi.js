// An open page follows the log: every few seconds it asks for the head, and when the page shows
// another one, presses its « refresh » button, which carries the head that is shown in its key. While
// the server is away, the framework's dialog says so in the language of the page.
(() => {
  const EVERY = 3000;
  const look = async () => {
    const shown = document.querySelector('[class*="st-key-_tete_"]');
    if (!shown || document.hidden) return;
    try {
      const answer = await fetch("/tete", { cache: "no-store" });
      if (!answer.ok) return;
      const head = await answer.text();
      if (!shown.classList.contains(`st-key-_tete_${head}`)) shown.querySelector("button")?.click();
    } catch {
      // The server is away: the dialog says so, and the next look may go better.
    }
  };
  const SAID = __SAID__;
  const translate = () => {
    const dialog = document.querySelector("[role=dialog]");
    if (!dialog) return;
    const said = SAID[document.documentElement.lang] ?? Object.values(SAID)[0];
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode; // changed in place: the framework goes on with the same nodes
      if (Object.hasOwn(said, node.data.trim())) node.data = said[node.data.trim()];
    }
  };
  setInterval(look, EVERY);
  setInterval(translate, 200);
  document.addEventListener("visibilitychange", look);
})();
