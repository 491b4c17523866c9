// Live updates: when the server says that something has changed, the page fetches itself again and puts the new
// content in the place of the old. Without this file every page works; it is then as new as its last load.
(() => {
  "use strict";
  const status = document.getElementById("live");
  const content = document.getElementById("content");
  if (!status || !content || !window.EventSource) return;

  let shown = content.dataset.revision;
  let edited = false;
  let loading = false;
  let wanted = shown;
  content.addEventListener("input", () => { edited = true; });

  const clock = () => new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/London" });

  async function refresh() {
    if (loading || wanted === shown) return;
    if (edited) {
      status.textContent = "There is newer data. Finish your form, or load the page again.";
      return;
    }
    loading = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-cache" });
      if (answer.redirected || !answer.ok) { location.reload(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("content");
      if (!fresh || edited) return;
      const open = new Set([...content.querySelectorAll("details[open][id]")].map((one) => one.id));
      const focused = document.activeElement && content.contains(document.activeElement)
        ? document.activeElement.id : "";
      content.replaceChildren(...fresh.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (focused) document.getElementById(focused)?.focus();
      shown = fresh.dataset.revision;
      content.dataset.revision = shown;
      status.textContent = "Updated at " + clock() + ".";
    } finally {
      loading = false;
    }
    refresh();
  }

  const source = new EventSource(content.dataset.events);
  source.addEventListener("revision", (event) => {
    wanted = event.data;
    if (wanted === shown) status.textContent = "Live: this page updates itself.";
    refresh();
  });
  source.addEventListener("error", () => {
    status.textContent = "Not live: the connection to the server is lost. Trying again.";
  });
})();
