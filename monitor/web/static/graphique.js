// Draws the figure of the page, and saves it as a picture with all that it is a view of inside.
"use strict";
const made = JSON.parse(document.getElementById("figure").textContent);
const place = document.getElementById("graphique");
const dark = matchMedia("(prefers-color-scheme: dark)");
const config = { displayModeBar: false, scrollZoom: false, showTips: false, responsive: true, topojsonURL: "/topo/" };

/* The letters that the chart is laid out for, as in the app; a picture is drawn with those of the machine. */
const letters = new FontFace("Source Sans", `url("${place.dataset.font}")`, { weight: "200 900" });
/* What is in each figure as in the first is not sent again. */
const whole = (figure) => ({ ...figure, data: figure.data.map((trace, n) => ({ ...made.light.data[n], ...trace })) });
const picture = JSON.parse(JSON.stringify(whole(made.picture)).replaceAll('\\"Source Sans\\", ', ""));

function draw() {
  const shown = dark.matches ? whole(made.dark) : made.light;
  Plotly.react(place, shown.data, shown.layout, config);
}

addEventListener("DOMContentLoaded", () => {
  document.fonts.add(letters);
  letters.load().catch(() => {}).finally(draw);
  dark.addEventListener("change", draw);
  for (const button of document.querySelectorAll("button[data-form]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      const { width, height } = picture.layout;
      Plotly.downloadImage({ ...picture, config }, {
        format: button.dataset.form, filename: button.dataset.name, width, height, scale: 2,
      });
    });
  }
});
