(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("live"); // shows what only works with a script

  // Every element that stands for a claim: markers, marks, badges, the map.
  const places = new Map();
  for (const element of document.querySelectorAll("[data-c]")) {
    const key = element.dataset.c;
    if (places.has(key)) places.get(key).push(element);
    else places.set(key, [element]);
  }

  let lit = [];
  const light = (event) => {
    const here = event.target.closest("[data-c]");
    const now = here ? places.get(here.dataset.c) : [];
    if (now === lit) return;
    for (const element of lit) element.classList.remove("lit");
    for (const element of now) element.classList.add("lit");
    lit = now;
  };
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);

  const reveal = (target) => {
    let closed = false;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      closed ||= !box.open;
      box.open = true;
    }
    if (closed) target.scrollIntoView({ block: "center" });
  };
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target) reveal(target);
  };
  window.addEventListener("hashchange", follow);
  follow();

  // A badge leads back to the marker that the reader came from.
  const came = new Map();
  document.addEventListener("click", (event) => {
    const here = event.target.closest("a.marker, a.badge, rect[data-n]");
    if (!here) return;
    const key = here.dataset.c;
    if (here.matches("rect")) location.hash = `c${here.dataset.n}`;
    else if (here.matches(".marker")) came.set(key, here);
    else if (came.has(key)) {
      event.preventDefault();
      reveal(came.get(key));
      came.get(key).scrollIntoView({ block: "center" });
      came.get(key).focus({ preventScroll: true });
    }
  });

  const folds = [...document.querySelectorAll("details.fold")];
  const unfold = document.getElementById("unfold");
  if (unfold) {
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      for (const fold of folds) fold.open = open;
      unfold.setAttribute("aria-pressed", String(open));
    });
  }
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.fold:not([open]), details.more:not([open])")];
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });

  const holder = document.getElementById("holder");
  if (holder) {
    const said = document.getElementById("said");
    const claims = [...document.querySelectorAll("main mark, main .badge, main rect, main .evidence li")];
    const choose = () => {
      const wanted = holder.value;
      for (const claim of claims) claim.classList.toggle("off", wanted !== "" && claim.dataset.h !== wanted);
      const name = holder.selectedOptions[0];
      said.textContent = wanted === "" ? "" : `Marked: ${name.dataset.count} by ${name.dataset.name}`;
    };
    holder.addEventListener("change", choose);
    choose(); // a browser may come back with the choice of before
  }
})();
