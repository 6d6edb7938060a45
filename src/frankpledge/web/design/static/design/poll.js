/* Asks how far a job is, and says so when the words change. That a page watches keeps nobody signed in: the view that
   answers must be one that the server does not count. */

const place = document.querySelector("[data-poll]");
const words = place.querySelector("[role=status]");
const EVERY = 2000;

async function ask() {
  const answer = await fetch(place.dataset.poll, { redirect: "manual" }).catch(() => null);
  if (answer === null || answer.status >= 500) return again();
  // Signed out, or not there any more: the page itself says which.
  if (!answer.ok) return location.reload();
  const { text, finished, next } = await answer.json();
  if (words.textContent !== text) words.textContent = text;
  if (!finished) return again();
  if (next) location.assign(next);
}

function again() {
  setTimeout(ask, EVERY);
}

again();
