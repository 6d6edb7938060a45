/* Warns before idle time is over, in every tab at once. Tabs tell each other when somebody last did something: a time, and
   nothing else. The server keeps time by itself. */

const dialog = document.getElementById("time-out");
const words = document.getElementById("time-out-words");
const stay = dialog.querySelector("[data-stay]");
const idle = Number(dialog.dataset.idleSeconds) * 1000;
// Whatever one does, the sign-in is over then: the server says how long that is from when the page was made.
const end = Date.now() + Number(dialog.dataset.leftSeconds) * 1000;
const last = dialog.querySelector("div[data-last]");
let told = false;
const warning = Number(dialog.dataset.warningSeconds) * 1000;
const PLACE = "frankpledge.last-active";

// A session begins anew with every page that is loaded.
let active = Date.now();
localStorage.setItem(PLACE, String(active));
window.addEventListener("storage", (event) => {
  if (event.key === PLACE) active = Math.max(active, Number(event.newValue));
  look();
});

function say(left, isEnd) {
  const sentences = [...dialog.querySelectorAll(isEnd ? "template[data-last]" : "template:not([data-last])")];
  const found = sentences.filter((one) => Number(one.dataset.left) * 1000 >= left).at(-1) ?? sentences[0];
  const text = found.content.textContent;
  // Only a sentence that changes is read out.
  if (words.textContent !== text) words.textContent = text;
}

function leave() {
  clearInterval(clock);
  document.body.replaceChildren();
  location.replace(dialog.dataset.signedOut);
}

function look() {
  const isEnd = end <= active + idle;
  const left = Math.min(end, active + idle) - Date.now();
  if (left <= 0) return leave();
  if (left > warning || (isEnd && told)) return dialog.open && dialog.close();
  // Nobody can stay beyond the end, so nothing offers it.
  stay.hidden = isEnd;
  last.hidden = !isEnd;
  if (!dialog.open) dialog.showModal();
  say(left, isEnd);
}

async function stayed() {
  const token = stay.querySelector("[name=csrfmiddlewaretoken]").value;
  const asked = Date.now();
  const answer = await fetch(dialog.dataset.keepAlive, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    redirect: "manual",
  }).catch(() => null);
  // Without a connection the clock goes on; somebody may try again until it stops.
  if (answer === null) return;
  if (answer.status !== 204) return leave();
  active = asked;
  localStorage.setItem(PLACE, String(active));
  look();
}

stay.addEventListener("submit", (event) => {
  event.preventDefault();
  stayed();
});
last.querySelector("button").addEventListener("click", () => {
  told = true;
  look();
});
// The Escape key puts the warning away, so it must do what somebody then believes has been done.
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (last.hidden) return stayed();
  told = true;
  look();
});
// A page that comes back, or a computer that wakes up, looks at once.
document.addEventListener("visibilitychange", look);
window.addEventListener("pageshow", look);
const clock = setInterval(look, 1000);
look();
