/* Enhancements only: every page works without this file. */
(function () {
  "use strict";
  // A menu closes when something else is touched or Escape is pressed.
  function shut(except) {
    document.querySelectorAll("details.drop[open]").forEach(function (menu) {
      if (!menu.contains(except)) menu.removeAttribute("open");
    });
  }
  document.addEventListener("click", function (e) { shut(e.target); });
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") shut(null); });

  // A form that was sent shows it; the server knows its key, so a second click changes nothing.
  document.addEventListener("submit", function (e) {
    if (e.defaultPrevented || e.target.method !== "post") return;
    var button = e.submitter;
    window.setTimeout(function () { if (button) button.setAttribute("aria-busy", "true"); }, 0);
  });

  // A date may also be picked: the browser's own picker fills the typed field.
  document.addEventListener("click", function (e) {
    var opener = e.target.closest("[data-picks]");
    if (!opener) return;
    var picker = opener.parentNode.querySelector(".pick");
    if (picker && picker.showPicker) picker.showPicker();
  });
  document.addEventListener("change", function (e) {
    if (!e.target.classList.contains("pick") || !e.target.value) return;
    var field = e.target.parentNode.querySelector("input:not(.pick)"), d = e.target.value.split("-");
    field.value = d[2] + "/" + d[1] + "/" + d[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // Choosing a file: our own words on the button, and the names of what was chosen.
  function word(root) {
    root.querySelectorAll(".file:not(.worded)").forEach(function (box) {
      box.classList.add("worded");
      box.querySelectorAll("[hidden]").forEach(function (part) { part.hidden = false; });
    });
  }
  word(document);
  document.addEventListener("htmx:load", function (e) { word(e.target.parentNode || document); });
  function name(input) {
    var said = input.parentNode.querySelector(".chosen");
    if (!said) return;
    if (!said.dataset.none) said.dataset.none = said.textContent;
    said.textContent = Array.from(input.files, function (file) { return file.name; }).join(", ") || said.dataset.none;
    said.classList.toggle("some", input.files.length > 0);
  }
  document.addEventListener("change", function (e) { if (e.target.type === "file") name(e.target); });
  window.addEventListener("pageshow", function () { document.querySelectorAll(".file > input").forEach(name); });

  // Paper has no scrolling: pictures that wait to be scrolled to are loaded when a print begins.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("img[loading=lazy]").forEach(function (picture) { picture.loading = "eager"; });
  });

  // That a table can be moved sideways is said only where it is wider than its place.
  function swipes() {
    document.querySelectorAll(".swipe").forEach(function (hint) {
      var table = hint.nextElementSibling;
      hint.hidden = !!table && table.scrollWidth <= table.clientWidth;
    });
  }
  swipes();
  window.addEventListener("resize", swipes);

  // The first thing that is wrong gets the eye.
  var wrong = document.querySelector("main > .summary, form:not([data-still]) > .summary");
  if (wrong) wrong.focus();

  // What only a script can do is offered only where scripts run.
  document.querySelectorAll("[data-picks][hidden]").forEach(function (b) { b.hidden = false; });
})();
