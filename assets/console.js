// Small comforts. Every page does its work without them; passkeys alone cannot.

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

// A device holds the key, and only a script can ask it. What it answers goes with the form, like everything else.
class Passkey extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.querySelector("[data-unable]").hidden = true;
    this.querySelector("[data-able]").hidden = false;
    const failed = this.querySelector("[data-failed]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      failed.hidden = true;
      event.submitter.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(await this.ask(form));
        form.submit();
      } catch {
        failed.hidden = false;
        event.submitter.disabled = false;
      }
    });
  }

  async ask(form) {
    const begun = await fetch(this.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!begun.ok) throw new Error(begun.status);
    const { publicKey } = await begun.json();
    const made =
      "create" in this.dataset
        ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    return (await made).toJSON();
  }
}

customElements.define("ft-menu", Menu);
customElements.define("ft-passkey", Passkey);
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
