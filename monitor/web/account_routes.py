"""All the forms by which one comes in, and those of one's own account."""

from monitor.web import activation, own_account, second_factor, sign_in

ROUTES = [
    *sign_in.ROUTES,
    *activation.ROUTES,
    *second_factor.ROUTES,
    *own_account.ROUTES,
]
