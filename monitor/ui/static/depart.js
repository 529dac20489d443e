// Tells the app where its server is; it would else ask for it below the page's own address, in vain.
"use strict";
window.__streamlit = { BACKEND_BASE_URL: location.origin };
