// Shows what a value rests on beside the record; without this script its link opens a page of its own.
"use strict";
const panel = document.getElementById("source");
const wide = window.matchMedia("(min-width: 60rem)");

function centre(sheet) {
  const image = sheet.querySelector("img");
  const move = () => {
    sheet.scrollLeft = sheet.dataset.left * image.clientWidth - 24;
    sheet.scrollTop = sheet.dataset.down * image.clientHeight - sheet.clientHeight / 2;
  };
  if (image.complete) move();
  else image.addEventListener("load", move);
}

async function show(address) {
  const url = new URL(address);
  url.searchParams.set("panel", "1");
  const answer = await fetch(url);
  if (!answer.ok || answer.redirected) {
    window.location.href = address;
    return;
  }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  panel.replaceChildren(...part.body.childNodes);
  panel.scrollTop = 0;
  panel.querySelectorAll(".sheet[data-down]").forEach(centre);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.v");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  if (!link || elsewhere || !wide.matches || link.hash) return;
  event.preventDefault();
  document.querySelectorAll("a.v.open").forEach((one) => one.classList.remove("open"));
  link.classList.add("open");
  show(link.href).catch(() => {
    window.location.href = link.href;
  });
});
