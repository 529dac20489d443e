// An open page follows the log: every few seconds it asks for the head, and when the page shows
// another one, presses its « refresh » button, which carries the head that is shown in its key.
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
      // The server is away: Streamlit says so, and the next look may go better.
    }
  };
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
