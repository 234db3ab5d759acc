// Shows the page a cited value came from beside the record; without this script the link opens it.
"use strict";
const citations = new Map(
  JSON.parse(document.getElementById("citations").textContent).map((one) => [one.citation_id, one]),
);
const panel = document.getElementById("source");

function show(citation) {
  const title = document.createElement("h2");
  title.textContent = citation.file;
  const place = document.createElement("p");
  place.textContent = `Physical page ${citation.page}, printed ${citation.page_label}, edition ${citation.edition || "not stated"}`;
  const quote = document.createElement("blockquote");
  quote.textContent = citation.quote;
  const image = document.createElement("img");
  image.className = "page";
  image.alt = `Page ${citation.page} of ${citation.file} with the quote marked`;
  image.src = `/v1/documents/${citation.document_sha256}/pages/${citation.page}.png?citation=${citation.citation_id}`;
  panel.replaceChildren(title, place, quote, image);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  const citation = link && citations.get(link.dataset.citation);
  if (!citation || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.querySelectorAll("a.cite.open").forEach((one) => one.classList.remove("open"));
  link.classList.add("open");
  show(citation);
});
