// What the reader is brought to: the top of what has just been opened, the error or the link that
// answers a click. A shortcut sends what was typed first, as a click does by leaving the field. A table
// or a chart that scrolls sideways is reached by the keyboard; two lists by pages have two names. Paper
// is narrower than a screen: a chart keeps the width that it was drawn with, and shrinks.
(() => {
  const number = (element, name) => {
    const found = [...element.classList].find((one) => one.startsWith(`st-key-${name}_`));
    return found?.slice(`st-key-${name}_`.length) ?? "";
  };
  let top = null;
  let looked = 0;

  const toTop = (title) => {
    const opened = number(title, "haut");
    if (top !== null && opened !== top) {
      document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
      const heading = title.querySelector("h1");
      if (heading && !document.activeElement?.matches("input, textarea")) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
    }
    top = opened;
  };

  // The field that an error stands below: the last one of the element right before it.
  const fieldOf = (found) => {
    const before = found.previousElementSibling ?? found.parentElement?.previousElementSibling;
    return [...(before?.querySelectorAll("input, textarea, [role=combobox]") ?? [])].pop();
  };

  const look = () => {
    const title = document.querySelector('[class*="st-key-haut_"]');
    if (title) toTop(title);
    if (document.querySelector("[data-testid=stApp][data-test-script-state=running]")) return;
    const answers = [...document.querySelectorAll('[class*="st-key-regard_"]')];
    const last = Math.max(0, ...answers.map((one) => parseInt(number(one, "regard"), 10)));
    if (last <= looked) return;
    looked = last;
    const found = answers.find((one) => parseInt(number(one, "regard"), 10) === last);
    const field = found.querySelector("[role=alert]") ? fieldOf(found) : null;
    if (!field) found.tabIndex = -1;
    (field ?? found).focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
  };

  // What a part of the page is about: the words that unfold it, or the title before it.
  const about = (part) => {
    const fold = part.closest("details")?.querySelector("summary [data-testid=stMarkdownContainer]");
    const titles = [...document.querySelectorAll("h1, h2, h3")].filter((one) =>
      one.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
    return (fold ?? titles.pop())?.textContent.trim() ?? "";
  };
  const name = (part, words) => {
    if (words && part.ariaLabel !== words) part.ariaLabel = words;
  };

  const WIDE = '[data-testid=stTable] > div, [class*="-en-toutes-lettres"]';
  const reach = () => {
    for (const frame of document.querySelectorAll(WIDE)) {
      const scrolls = frame.scrollWidth > frame.clientWidth;
      if (scrolls && frame.tabIndex < 0) {
        frame.tabIndex = 0;
        frame.role = "group";
      } else if (!scrolls && frame.role) {
        for (const one of ["tabindex", "role", "aria-label"]) frame.removeAttribute(one);
      }
      if (scrolls) name(frame, about(frame));
    }
    for (const pages of document.querySelectorAll('[role=navigation][aria-label^="Pagination"]')) {
      name(pages, `Pagination${about(pages) && ` – ${about(pages)}`}`);
    }
  };

  addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("input, textarea") || event.repeat) return;
    if (!(event.altKey || ((event.ctrlKey || event.metaKey) && event.key === "Enter"))) return;
    if (["Alt", "Control", "Shift", "Meta", "AltGraph"].includes(event.key)) return;
    field.blur();
    setTimeout(() => { if (field.isConnected && document.activeElement === document.body) field.focus({ preventScroll: true }); });
  }, true);

  const PAPER = 700; // pixels of a sheet of A4 between its margins
  addEventListener("beforeprint", () => {
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      chart.style.setProperty("--paper", Math.min(1, PAPER / chart.clientWidth));
    }
  });

  setInterval(look, 150);
  setInterval(reach, 300);
})();
