"use strict";
(() => {
  const rows = JSON.parse(document.getElementById("page-found").textContent);
  const input = document.getElementById("page-search");
  const list = document.getElementById("page-results");
  const status = document.getElementById("page-status");
  let chosen = -1;
  const rank = (row, word) => {
    const names = [row[0], row[1]].map((name) => name.toLowerCase());
    const at = Math.min(...names.map((name) => (name.includes(word) ? name.indexOf(word) : Infinity)));
    return names.includes(word) ? -1 : at;
  };
  const choose = (next) => {
    const items = list.children;
    if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
    chosen = items.length ? (next + items.length) % items.length : -1;
    const item = items[chosen];
    if (!item) return input.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const go = (href) => {
    close();
    input.value = "";
    location.href = href;
    const target = href.startsWith("#") && document.getElementById(href.slice(1));
    if (target) {
      target.setAttribute("tabindex", "-1");
      target.focus();
    }
  };
  const show = () => {
    const word = input.value.trim().toLowerCase();
    if (!word) {
      status.textContent = "";
      return close();
    }
    const found = rows
      .map((row, order) => [rank(row, word), order, row])
      .filter(([at]) => at !== Infinity)
      .sort((a, b) => a[0] - b[0] || a[2][0].length - b[2][0].length || a[1] - b[1]);
    list.replaceChildren(
      ...found.slice(0, 30).map(([, , [title, name, kind, href]], number) => {
        const item = document.createElement("li");
        item.id = `result-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = `${title} `;
        const more = document.createElement("small");
        more.textContent = name ? `${kind} ${name}` : kind;
        item.append(more);
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => go(href));
        return item;
      }),
    );
    status.textContent = `${found.length} found`;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && list.children[chosen]) {
      event.preventDefault();
      list.children[chosen].click();
    } else if (event.key === "Escape") {
      input.value = "";
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
