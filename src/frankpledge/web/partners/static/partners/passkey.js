// Asks the browser for a passkey and sends what it answers with the form. Without JavaScript such a form is not shown,
// or its page says so: a code does as well.
const { create, get } = globalThis.webauthnJSON;

// One that the device can find by itself, and that asks for a finger, a face or a PIN, lets people in without a password.
function made(options) {
  const asked = options.publicKey.authenticatorSelection ?? {};
  options.publicKey.authenticatorSelection = { ...asked, residentKey: "preferred", userVerification: "preferred" };
  return create(options);
}

// What the server asks for stands in the page, or is fetched when the button is pressed.
async function told(form) {
  const inside = form.querySelector("[data-told]");
  if (inside) return JSON.parse(inside.textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

async function ask(form, button) {
  const said = form.querySelector("[role=status]");
  said.textContent = "";
  button.disabled = true;
  try {
    const options = await told(form);
    const credential = form.dataset.passkey === "create" ? await made(options) : await get(options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    said.textContent = said.dataset.failed;
    button.disabled = false;
  }
}

if (globalThis.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form, form.querySelector("button"));
    });
  }
}
