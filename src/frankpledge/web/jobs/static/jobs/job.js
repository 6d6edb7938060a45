// Asks every other second how far the work is. A screen reader hears of it only when the words change; when the work
// has ended the page is loaded anew, for other things can be done then.

const place = document.querySelector("[data-job-progress]");
const words = place.querySelector("[role=status]");
const bar = place.querySelector("progress");
const EVERY = 2000;

function tell(job) {
  if (words.textContent !== job.words) {
    words.textContent = job.words;
  }
  bar.hidden = !job.total || job.ended;
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  }
}

async function ask() {
  let wait = EVERY;
  try {
    const answer = await fetch(place.dataset.jobProgress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) {
      return; // Signed out, or no longer there: the page stays as it is.
    }
    const job = await answer.json();
    if (job.ended) {
      window.location.reload();
      return;
    }
    tell(job);
  } catch {
    wait = 5 * EVERY; // The site is being restarted, or the line is down.
  }
  window.setTimeout(ask, wait);
}

window.setTimeout(ask, EVERY);
