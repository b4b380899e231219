// Small comforts. Every page does its work without them.

// A menu closes when one turns away from it.
class Menu extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    if (!details) return;
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) {
        details.open = false;
        details.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!this.contains(event.target)) details.open = false;
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) details.open = false;
    });
  }
}

// REG-1: the region, as soon as a country is chosen.
class Region extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const told = this.querySelector("[data-text]");
    const show = () => {
      const group = select.selectedOptions[0]?.closest("optgroup");
      told.hidden = !group;
      if (group) told.querySelector("span").textContent = told.dataset.text.replace("%", group.dataset.region);
    };
    select.addEventListener("change", show);
    show();
  }
}

// Fields that only one answer asks for.
class When extends HTMLElement {
  connectedCallback() {
    const { name, value } = this.dataset;
    const form = this.closest("form");
    const show = () => {
      this.hidden = new FormData(form).get(name) !== value;
    };
    form.addEventListener("change", show);
    show();
  }
}

customElements.define("ft-menu", Menu);
customElements.define("ft-region", Region);
customElements.define("ft-when", When);

// What is wrong comes first, for readers of screens, too.
document.querySelector("[data-focus]")?.focus();

// One press is enough.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.target.method === "post") event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
