/* Asks how far a job is, and says so when the words change. */

const place = document.querySelector("[data-poll]");
const words = place.querySelector("[role=status]");
const EVERY = 2000;

async function ask() {
  // To watch is not to work: the server does not count these requests against idle time.
  const answer = await fetch(place.dataset.poll, { headers: { "X-Watching": "1" }, redirect: "manual" }).catch(() => null);
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
