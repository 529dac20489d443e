// The one-time link carries its token after the #, which no server and no proxy is told: it goes into the
// form, and out of the address.
"use strict";
const token = new URLSearchParams(location.hash.slice(1)).get("jeton");
const form = document.querySelector("form[data-lien]");
if (token && form) {
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.jeton.value = token;
  form.submit();
}
