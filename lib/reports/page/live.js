for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const still = figure.querySelector("img");
  const place = document.createElement("div");
  place.className = "live";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", still.alt);
  place.hidden = true;
  still.after(place);
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  vegaEmbed(place, spec, { mode: "vega-lite", renderer: "svg", actions: false, ast: true }).then(
    () => {
      place.querySelector("svg").setAttribute("aria-hidden", "true");
      place.hidden = false;
      still.hidden = true;
    },
    () => place.remove(),
  );
}
